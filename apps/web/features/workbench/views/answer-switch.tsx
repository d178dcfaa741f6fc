import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterOf } from "../text/letter-of.ts";

interface AnswerSwitchProps {
  readonly count: number;
  /** Index of the answer that is on the screen. */
  readonly current: number;
  /** Indices of those that have been on the screen. */
  readonly seen: ReadonlySet<number>;
  readonly onShow: (index: number) => void;
  /** What a question puts beside the letter of the answer that is on the screen. */
  readonly mark: ReactNode;
}

/**
 * Pinned above two answers of which a phone shows one at a time. Both stay in the page for those who listen to it, so
 * these are buttons, and not tabs that would hide one.
 */
export function AnswerSwitch({ count, current, seen, onShow, mark }: AnswerSwitchProps): ReactNode {
  const t = useTranslations("workbench");
  // More than three have no room for words.
  const words = count > 3 || mark ? "sr-only" : "text-ink-3";
  return (
    <fieldset aria-label={t("theAnswers", { count })} className="answer-switch">
      {Array.from({ length: count }, (_, index) => ({ letter: letterOf(index), index })).map(({ letter, index }) => (
        <button key={letter} type="button" aria-pressed={index === current} onClick={() => onShow(index)}>
          <b aria-hidden="true">{letter}</b>
          {words === "sr-only" ? <i aria-hidden="true" data-seen={seen.has(index) || undefined} /> : null}
          <span className="sr-only">{t("answerNamed", { name: letter })}</span>
          <span className={words}>{seen.has(index) ? t("seen") : t("notSeen")}</span>
        </button>
      ))}
      {mark ? <div>{mark}</div> : null}
    </fieldset>
  );
}
