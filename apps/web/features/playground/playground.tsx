import type { EndpointView, ModelVersionView, ProjectListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { useFollowEnd } from "../chat/use-follow-end.ts";
import { useModelName } from "../models/use-model-name.ts";
import { useSession } from "../session/signed-in.tsx";
import { ColumnHeads } from "./column-heads.tsx";
import { firstColumns, rewardInUse } from "./first-choice.ts";
import { RewardBasis } from "./reward-basis.tsx";
import { endpointOf } from "./talk.ts";
import { TalkField } from "./talk-field.tsx";
import { TalkSettings } from "./talk-settings.tsx";
import { TalkTurn } from "./talk-turn.tsx";
import { useTalk } from "./use-talk.ts";

interface PlaygroundProps {
  readonly models: readonly ModelVersionView[];
  /** Those that whoever looks may ask; none for reviewers, as they cost. */
  readonly endpoints: readonly EndpointView[];
  readonly projects: readonly ProjectListItem[];
  readonly modelIds: readonly string[];
  readonly projectId: string | null;
}

/** Whom, how, and what was said. */
export function Playground({ models, endpoints, projects, modelIds, projectId }: PlaygroundProps): ReactNode {
  const t = useTranslations("playground");
  const nameOf = useModelName();
  const { member } = useSession();
  const policies = models.filter(({ kind }) => kind === "policy");
  const rewards = models.filter(({ kind, stage }) => kind === "reward" && stage !== "archived");
  const project = projectId ?? projects.find(({ state }) => state === "active")?.id ?? null;
  const { store, talk, lastEnded, unkept } = useTalk(member.id, modelIds, () =>
    firstColumns(policies, endpoints, modelIds, project),
  );
  const [chosenReward, chooseReward] = useState<string | null>(null);
  const rewardId = chosenReward ?? rewardInUse(rewards, project) ?? "";
  const turns = useRef<HTMLDivElement>(null);
  const toEnd = useFollowEnd(turns);
  const nameOfId = (id: string): string => {
    const endpoint = endpoints.find((one) => one.id === endpointOf(id));
    if (endpoint) return `${endpoint.name} · ${endpoint.model}`;
    const model = policies.find((one) => one.id === id);
    return model ? nameOf(model) : t("unknown");
  };

  if (policies.length + endpoints.length === 0) {
    return (
      <>
        <PageHead title={t("title")} />
        <EmptyState title={t("noPolicy")} />
      </>
    );
  }
  return (
    <>
      <PageHead
        title={t("title")}
        actions={talk.turns.length === 0 ? null : <Button onClick={() => store.clear()}>{t("clear")}</Button>}
      />
      <p className="mb-4 max-w-read text-ink-2">{t("lead")}</p>
      {unkept ? <p className="mb-4 text-warn">{t("unkept")}</p> : null}
      <Card className="mb-5">
        <div className="grid gap-4">
          <ColumnHeads {...{ store, talk, policies, endpoints }} />
          <details>
            <summary className="cursor-pointer text-ink-2">{t("settings.title")}</summary>
            <div className="pt-3">
              <TalkSettings settings={talk.settings} onChange={(settings) => store.set(settings)} />
            </div>
          </details>
          <Field label={t("reward.choose")} className="max-w-read">
            <Select value={rewardId} onChange={(event) => chooseReward(event.target.value)}>
              <option value="">{t("reward.none")}</option>
              {rewards.map((model) => (
                <option key={model.id} value={model.id}>
                  {nameOf(model)}
                </option>
              ))}
            </Select>
          </Field>
          {rewardId === "" ? null : <RewardBasis id={rewardId} />}
        </div>
      </Card>
      <div ref={turns} className="grid gap-5">
        {talk.turns.map((turn) => (
          <TalkTurn
            key={turn.id}
            {...{ store, talk, turn, nameOf: nameOfId }}
            rewardId={rewardId === "" ? null : rewardId}
          />
        ))}
      </div>
      <p role="status" className="sr-only">
        {lastEnded ? t(`ended.${lastEnded.state}`, { name: nameOfId(lastEnded.modelId) }) : null}
      </p>
      <TalkField {...{ store, talk, projects, projectId: project, toEnd }} />
    </>
  );
}
