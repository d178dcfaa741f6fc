"use client";
import type { ImportView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";

interface Props {
  readonly projectId: string;
  readonly result: ImportView;
  /** Whether people are given tasks of it from now on. */
  readonly opens: boolean;
  /** Whether its own judgements are all that its tasks want. */
  readonly finished: boolean;
}

/** What came of it; fine only where somebody is asked something or has said something. */
export function ImportResult({ projectId, result, opens, finished }: Props): ReactNode {
  const t = useTranslations("imports");
  const words = useTranslations("mapping");
  const state = result.tasks + result.judgements > 0 ? "ok" : "attention";
  return (
    <div role="status" className="grid gap-1">
      <Chip state={state}>
        {t("done", { rows: result.rows, prompts: result.prompts, tasks: result.tasks, judgements: result.judgements })}
      </Chip>
      {opens && result.tasks > 0 ? (
        <ButtonLink href={`/work/${projectId}`} className="mt-1 justify-self-start">
          {words("judgeFirst")}
        </ButtonLink>
      ) : null}
      {finished && result.tasks > 0 ? <p className="text-xs text-ink-2">{words("allJudged")}</p> : null}
      {result.tasks === 0 ? <p className="text-xs text-ink-2">{t("noNewTasks")}</p> : null}
      {result.duplicates > 0 ? (
        <p className="text-xs text-ink-2">{t("duplicates", { count: result.duplicates })}</p>
      ) : null}
      {result.differingPrefixes > 0 ? (
        <p className="text-xs text-ink-2">{t("warnings.differingPrefixes", { count: result.differingPrefixes })}</p>
      ) : null}
    </div>
  );
}
