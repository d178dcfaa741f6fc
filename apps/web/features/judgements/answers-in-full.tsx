"use client";
import type { JudgementView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { loadedParts } from "../workbench/questions/kinds.ts";
import { questionWords } from "../workbench/questions/question-words.ts";

interface AnswersInFullProps {
  readonly judgement: Pick<JudgementView, "questions" | "answers" | "shownOrder" | "completions">;
}

/** What was said that no line can hold: texts whole, each under the question that it answers. */
export function AnswersInFull({
  judgement: { questions, answers, shownOrder, completions },
}: AnswersInFullProps): ReactNode {
  const t = useTranslations("questions.kinds");
  const shown = shownOrder.map((index) => completions[index]?.text ?? null);
  return questions.map((question) => {
    const answer = answers?.[question.name];
    if (answer === undefined) return null;
    const parts = loadedParts(question.kind);
    const InFull = parts.form === "parts" ? parts.InFull : undefined;
    if (!InFull) return null;
    return (
      <section key={question.name} aria-labelledby={`full-${question.name}`} className="grid max-w-read gap-2">
        <h2 id={`full-${question.name}`} dir="auto">
          {questionWords(question, (kind) => t(kind))}
        </h2>
        <InFull answer={answer} question={question} shown={shown} language={null} />
      </section>
    );
  });
}
