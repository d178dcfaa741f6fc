import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useId } from "react";
import { letterOf } from "../text/letter-of.ts";
import { AnswerSwitch } from "./answer-switch.tsx";
import { ReadingText } from "./reading-text.tsx";
import { ShownMedia } from "./shown-media.tsx";
import { useSharedRanges } from "./use-shared-ranges.ts";
import { useSwipedAnswers } from "./use-swiped-answers.ts";

interface AnswerPairProps {
  readonly task: LeasedTask;
  readonly differences: boolean;
  /** What a question puts in the place of an answer's text, and beside its letter. */
  readonly renderBody?: ((place: number, read: ReactNode) => ReactNode) | undefined;
  readonly renderMark?: ((place: number) => ReactNode) | undefined;
}

/**
 * Two columns that scroll with the page. On phones one below the other where the window holds both, else side by side,
 * to be swiped, under a switch. One answer stands alone.
 */
export function AnswerPair({ task, differences, renderBody, renderMark }: AnswerPairProps): ReactNode {
  const t = useTranslations("workbench");
  const id = useId();
  const { completions, prompt } = task;
  const { ranges, why } = useSharedRanges(task, differences);
  const alone = completions.length === 1;
  const { pair, swiped, current, seen, show } = useSwipedAnswers();
  const switched = swiped && !alone;
  return (
    <>
      {switched ? (
        <AnswerSwitch
          count={completions.length}
          current={current}
          seen={seen}
          onShow={show}
          mark={renderMark?.(current)}
        />
      ) : null}
      {/* On phones the answers scroll sideways, and what scrolls must be reachable by keyboard (WCAG 2.1.1). */}
      <section
        ref={pair}
        data-swiped={switched || undefined}
        id="answers"
        tabIndex={0}
        aria-label={t("theAnswers", { count: completions.length })}
        className="workbench-pair"
        data-alone={alone || undefined}
        data-many={completions.length > 2 || undefined}
      >
        {why ? (
          <p role="status" className="col-span-full text-xs text-ink-3">
            {t(`text.${why}`)}
          </p>
        ) : null}
        {completions.map((completion, index) => {
          const read = (
            <AnswerText
              text={completion.text}
              alone={!completion.media}
              language={prompt.language}
              shared={ranges?.[index]}
            />
          );
          return (
            <article
              key={completion.id}
              aria-labelledby={`${id}-${index}`}
              // Whoever tabs or listens to the page has read this one when its element has had the focus.
              tabIndex={0}
              data-answer={index}
              className="workbench-answer"
            >
              <h2>
                {alone ? null : <b aria-hidden="true">{letterOf(index)}</b>}
                {/* The answer's whole name; what else stands in the head, such as its rank, has its own. */}
                <span id={`${id}-${index}`} className={alone ? undefined : "sr-only"}>
                  {alone ? t("answer") : t("answerNamed", { name: letterOf(index) })}
                </span>
                {/* The switch bears the head of the answer in sight. */}
                {switched ? null : renderMark?.(index)}
              </h2>
              <i aria-hidden="true" data-first-line={index} className="first-line" />
              {renderBody?.(index, read) ?? read}
              {completion.media ? <ShownMedia media={completion.media} /> : null}
            </article>
          );
        })}
      </section>
    </>
  );
}

type AnswerTextProps = Omit<ComponentProps<typeof ReadingText>, "text"> & {
  readonly text: string | null;
  /** Whether the text is all of the answer; beside a picture nothing needs to be said of none. */
  readonly alone: boolean;
};

function AnswerText({ text, alone, ...rest }: AnswerTextProps): ReactNode {
  const t = useTranslations("workbench");
  if (!text && !alone) return null;
  if (text === null) return <p className="text-md leading-relaxed text-ink-3">{t("noText")}</p>;
  return <ReadingText text={text} {...rest} />;
}
