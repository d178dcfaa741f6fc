"use client";
import type { Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { questionWords } from "../workbench/questions/question-words.ts";
import { useConditionWords } from "./form/use-condition-words.ts";

/** The questions of a version, a line each: what it asks, of which kind, and when. */
export function QuestionLines({ questions }: { readonly questions: readonly Question[] }): ReactNode {
  const t = useTranslations("questionnaires");
  const words = useTranslations("questions.kinds");
  const kinds = useTranslations("projects.asks");
  const whenInWords = useWhenInWords(questions);
  return (
    <ol className="grid list-decimal gap-1 pl-5">
      {questions.map((question) => {
        const more = [
          question.name,
          kinds(question.kind),
          ...(question.required ? [] : [t("optional")]),
          ...(question.when ? [whenInWords(question.when)] : []),
        ];
        return (
          <li key={question.name} className="[overflow-wrap:anywhere]">
            <span dir="auto">{questionWords(question, (kind) => words(kind))}</span>{" "}
            <span className="text-xs text-ink-3">{more.join(" · ")}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** When a follow-up is asked, by the words of the question that it follows up on. */
function useWhenInWords(questions: readonly Question[]): (when: NonNullable<Question["when"]>) => string {
  const t = useTranslations("questionnaires.if");
  const words = useConditionWords();
  return ({ question: name, field, is }) => {
    const question = questions.find((one) => one.name === name);
    if (!question || field === undefined || is === undefined) return t("answered", { question: name });
    return t("says", { question: name, values: is.map((value) => words.value(question, field, value)).join(", ") });
  };
}
