import type { SkipReason } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import type { OutboxSnapshot } from "../outbox/outbox.ts";
import { useAnswerWords } from "../questions/use-answer-words.ts";
import type { WorkbenchState } from "../state/workbench-state.ts";

const SkipReasonChoice = lazyPart(async () => (await import("../later.ts")).SkipReasonChoice);
/** Who has been refused has the server at hand. */
const RefusedJudgements = lazyPart(() => import("./refused-judgements.tsx").then((file) => file.RefusedJudgements));

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
        {refused ? (
          <Suspense>
            <RefusedJudgements refused={outbox.refused} onDiscard={onDiscard} />
          </Suspense>
        ) : (
          <LastWords work={work} />
        )}
      </div>
      {notice === "skipped" && !refused ? (
        <Suspense>
          <SkipReasonChoice onReason={onReason} />
        </Suspense>
      ) : null}
    </div>
  );
}

/** What is told without the colour of a warning: nothing went wrong. */
const unalarming = ["skipped", "skipped-blurred", "skip-explained", "double-click", "undone-waits"];

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
