import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useMemo } from "react";
import { sharedRanges } from "../text/differences.ts";
import { ReadingText } from "./reading-text.tsx";

interface AnswerPairProps {
  readonly task: LeasedTask;
  readonly differences: boolean;
}

const letters = ["A", "B"] as const;

/** Two columns that scroll with the page; on phones two cards, the other one peeking in. One answer stands alone. */
export function AnswerPair({ task, differences }: AnswerPairProps): ReactNode {
  const t = useTranslations("workbench");
  const id = useId();
  const { completions, prompt } = task;
  const [left, right] = completions;
  const shared = useMemo(
    () =>
      differences && left?.text && right?.text
        ? sharedRanges(left.text, right.text, prompt.language ?? undefined)
        : undefined,
    [differences, left, right, prompt.language],
  );
  const alone = completions.length === 1;
  const incomparable = differences && left?.text && right?.text && !shared;
  return (
    // On phones the cards scroll sideways, and what scrolls must be reachable by keyboard (WCAG 2.1.1).
    <section
      id="answers"
      tabIndex={0}
      aria-label={t("theAnswers", { count: completions.length })}
      className="workbench-pair"
      data-alone={alone || undefined}
    >
      {incomparable ? (
        <p role="status" className="col-span-full text-xs text-ink-3">
          {t("text.incomparable")}
        </p>
      ) : null}
      {completions.map((completion, index) => (
        <article key={completion.id} aria-labelledby={`${id}-${index}`} className="workbench-answer">
          <h2 id={`${id}-${index}`}>
            {alone ? (
              t("answer")
            ) : (
              <>
                <b aria-hidden="true">{letters[index]}</b>
                <span className="sr-only">{t("answerNamed", { name: letters[index] ?? "" })}</span>
              </>
            )}
          </h2>
          {completion.text === null ? (
            <p className="text-md leading-relaxed text-ink-3">{t("noText")}</p>
          ) : (
            <ReadingText text={completion.text} language={prompt.language} shared={shared?.[index]} />
          )}
        </article>
      ))}
    </section>
  );
}
