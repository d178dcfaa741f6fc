"use client";
import type { Answers, Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { answersInWords } from "./kinds.ts";

/** Says the answers to some questions in one line, in the page's language. */
export function useAnswerWords(): (questions: readonly Question[], answers: Answers) => string {
  const t = useTranslations("questions");
  return (questions, answers) => answersInWords(t, questions, answers);
}
