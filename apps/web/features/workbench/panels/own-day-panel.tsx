import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OwnDay } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { api } from "../../../api/client.ts";
import { Checkbox } from "../../../components/forms/checkbox.tsx";
import { Select } from "../../../components/forms/field.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { useSession } from "../../session/signed-in.tsx";
import { localStore } from "../local-store.ts";
import { blurFor, isBlurredFor } from "../state/blur.ts";
import { chooseMinutes, minutesOf, minutesToChoose, readWork } from "../state/steady-work.ts";
import type { DeskPanelsProps } from "./desk-panel.ts";

/** Asked for anew whenever the sheet is opened. */
const ownDayQuery = (projectId: string, judged: number) =>
  queryOptions({
    queryKey: ["work", projectId, "own-day", judged],
    queryFn: () => api.getOwnDay({ params: { id: projectId } }),
    staleTime: 0,
  });

/** One's own pace and progress, beside nobody else's, and what one has said for oneself in this browser. */
export function OwnDayPanel({ projectId, session, snapshot }: DeskPanelsProps): ReactNode {
  const t = useTranslations("workbench.panels");
  const { work, outbox } = snapshot;
  // What is still on its way changes the figures once it has arrived.
  const day = useQuery(ownDayQuery(projectId, work.today - outbox.pending));
  return (
    <>
      <QueryView query={day}>{(figures) => <Figures day={figures} />}</QueryView>
      <p className="text-xs text-ink-3">{t("onlyYou")}</p>
      <OwnSettings onBlur={() => session.look()} />
    </>
  );
}

function Figures({ day }: { readonly day: OwnDay }): ReactNode {
  const t = useTranslations("workbench.panels");
  const formats = useFormats();
  const memberId = useSession().member.id;
  const { judgements, medianSeconds, haste, consistency } = day;
  const steady = readWork(localStore, memberId);
  const lines = [
    { name: "today", value: formats.number(judgements) },
    ...(medianSeconds === null ? [] : ([{ name: "median", value: formats.duration(medianSeconds) }] as const)),
    ...(consistency ? ([{ name: "again", value: t("againOf", consistency) }] as const) : []),
    ...(steady ? ([{ name: "steady", value: formats.duration(Math.floor(steady.ms / 60_000) * 60) }] as const) : []),
  ] as const;
  return (
    <>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-2 tabular-nums">
        {lines.map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-2">{t(`figures.${name}`)}</dt>
            <dd className="text-right font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {haste.fast > 0 ? <p className="text-ink-2">{t("haste", { ...haste })}</p> : null}
    </>
  );
}

function OwnSettings({ onBlur }: { readonly onBlur: () => void }): ReactNode {
  const t = useTranslations("workbench.panels");
  const memberId = useSession().member.id;
  const id = useId();
  const [minutes, setMinutes] = useState(() => minutesOf(localStore, memberId));
  const [blurred, setBlurred] = useState(() => isBlurredFor(localStore, memberId));
  return (
    <section aria-labelledby={`${id}-settings`} className="grid gap-3 border-t border-line pt-4">
      <h3 id={`${id}-settings`}>{t("settings")}</h3>
      <label htmlFor={id} className="grid gap-1">
        {t("breakAfter")}
        <Select
          id={id}
          value={minutes ?? "never"}
          onChange={({ target: { value } }) => {
            const chosen = minutesToChoose.find((one) => String(one) === value) ?? null;
            chooseMinutes(localStore, memberId, chosen);
            setMinutes(chosen);
          }}
        >
          {minutesToChoose.map((one) => (
            <option key={one} value={one}>
              {t("minutes", { minutes: one })}
            </option>
          ))}
          <option value="never">{t("never")}</option>
        </Select>
      </label>
      <Checkbox
        checked={!blurred}
        onChange={({ target: { checked } }) => {
          blurFor(localStore, memberId, !checked);
          setBlurred(!checked);
          onBlur();
        }}
      >
        {t("unblurred")}
      </Checkbox>
    </section>
  );
}
