import { ApiError } from "@touchstone/api-client";
import type { SkipReason } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import type { OutboxSnapshot } from "../outbox/outbox.ts";
import { useAnswerWords } from "../questions/use-answer-words.ts";
import type { WorkbenchState } from "../state/workbench-state.ts";
import { SkipReasonChoice } from "./skip-reason-choice.tsx";

interface LastChoiceProps {
  readonly work: WorkbenchState;
  readonly outbox: OutboxSnapshot;
  readonly onDiscard: () => void;
  readonly onReason: (reason: SkipReason) => void;
}

/** Left of the actions, in a place of its own: the last choice with its five seconds, or what went wrong. */
export function LastChoice({ work, outbox, onDiscard, onReason }: LastChoiceProps): ReactNode {
  const { notice } = work;
  const refused = outbox.refused.length > 0;
  return (
    <div className="workbench-last mr-auto flex min-w-0 items-center gap-2 text-xs text-ink-2">
      <div role="status" className="flex min-w-0 items-center gap-2">
        {refused ? <Refused refused={outbox.refused} onDiscard={onDiscard} /> : <LastWords work={work} />}
      </div>
      {notice === "skipped" && !refused ? <SkipReasonChoice onReason={onReason} /> : null}
    </div>
  );
}

interface RefusedProps {
  readonly refused: OutboxSnapshot["refused"];
  readonly onDiscard: () => void;
}

function Refused({ refused, onDiscard }: RefusedProps): ReactNode {
  const t = useTranslations("workbench");
  const count = refused.length;
  // Nothing is wrong with these: they wait for the project.
  const archived = refused.every(({ error }) => error instanceof ApiError && error.code === "project_archived");
  return (
    <>
      {archived ? (
        <span>{t("archived.kept", { count })}</span>
      ) : (
        <span className="text-warn">{t("refused", { count })}</span>
      )}
      <Button variant="ghost" onClick={onDiscard}>
        {t("discard")}
      </Button>
    </>
  );
}

/** What is told without the colour of a warning: nothing went wrong. */
const unalarming = ["skipped", "skip-explained", "double-click", "undone-waits"];

function LastWords({ work: { last, notice } }: { readonly work: WorkbenchState }): ReactNode {
  const t = useTranslations("workbench");
  const inWords = useAnswerWords();
  if (notice)
    return <span className={unalarming.includes(notice) ? undefined : "text-warn"}>{t(`notices.${notice}`)}</span>;
  if (!last) return null;
  if (last.kind === "skip") return <span>{t("lastSkipped")}</span>;
  return (
    <>
      <span>
        {t("last", {
          count: last.task.completions.length,
          number: last.ordinal,
          answer: inWords(last.task.questions, last.answers),
        })}
      </span>
      <span key={last.key} aria-hidden="true" className="undo-streak">
        <i />
      </span>
    </>
  );
}
