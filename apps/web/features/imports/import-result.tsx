"use client";
import type { ImportView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";

/** What came of it; fine only where somebody is asked something or has said something. */
export function ImportResult({ result }: { readonly result: ImportView }): ReactNode {
  const t = useTranslations("imports");
  const state = result.tasks + result.judgements > 0 ? "ok" : "attention";
  return (
    <div role="status" className="grid gap-1">
      <Chip state={state}>
        {t("done", { rows: result.rows, prompts: result.prompts, tasks: result.tasks, judgements: result.judgements })}
      </Chip>
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
