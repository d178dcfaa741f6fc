"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useProblemText } from "../../components/forms/problem-text.ts";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import type { Correction } from "./correction-box.ts";

interface MadeNoticeProps {
  readonly made: Correction | "unchanged" | undefined;
  /** Why something could not be taken back. */
  readonly problem: unknown;
}

/** What was just done, or could not be. */
export function MadeNotice({ made, problem }: MadeNoticeProps): ReactNode {
  const t = useTranslations("corrections");
  const inWords = useAnswerWords();
  const { text } = useProblemText(problem);
  const words = (): ReactNode => {
    if (problem) return <span className="text-warn">{text}</span>;
    if (made === "unchanged") return t("unchanged");
    if (!made) return null;
    return t("made", { answer: inWords(made.about.questions, made.submission.answers ?? {}) });
  };
  return (
    <p role="status" className="mb-3 text-ink-2 empty:hidden">
      {words()}
    </p>
  );
}
