import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import type { OutboxSnapshot } from "../outbox/outbox.ts";
import { partOf } from "../state/scale.ts";
import type { WorkbenchState } from "../state/workbench-state.ts";

interface LastChoiceProps {
  readonly work: WorkbenchState;
  readonly outbox: OutboxSnapshot;
  readonly onDiscard: () => void;
}

/** Left of the actions, in a place of its own: the last choice with its five seconds, or what went wrong. */
export function LastChoice({ work, outbox, onDiscard }: LastChoiceProps): ReactNode {
  const t = useTranslations("workbench");
  const { last, notice } = work;
  return (
    <div role="status" className="mr-auto flex min-w-0 items-center gap-2 text-xs text-ink-2">
      {outbox.refused.length > 0 ? (
        <>
          <span className="text-warn">{t("refused", { count: outbox.refused.length })}</span>
          <Button variant="ghost" onClick={onDiscard}>
            {t("discard")}
          </Button>
        </>
      ) : notice ? (
        <span className={notice === "skipped" ? undefined : "text-warn"}>{t(`notices.${notice}`)}</span>
      ) : last ? (
        <>
          <span>
            {t(last.task.completions.length === 1 ? "lastAnswer" : "lastPair", {
              number: last.ordinal,
              answer: t(`answers.${partOf(last.answer).name}`),
            })}
          </span>
          <span key={last.key} aria-hidden="true" className="undo-streak">
            <i />
          </span>
        </>
      ) : null}
    </div>
  );
}
