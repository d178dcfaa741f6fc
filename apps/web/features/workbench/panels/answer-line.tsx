import type { Answers, JudgementSubmission, Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { questionParts } from "../questions/kinds.ts";
import type { LoadedParts, QuestionParts } from "../questions/question-parts.ts";

interface AnswerLineProps extends Pick<JudgementSubmission, "answers" | "answer"> {
  readonly questions: readonly Question[] | undefined;
}

/** Answers in one line, in the words of their kinds; without a network those of a kind that was never here are missing. */
export function AnswerLine({ questions, answers, answer }: AnswerLineProps): ReactNode {
  const t = useTranslations("workbench.panels.list");
  const words = useTranslations("questions");
  const [said, setSaid] = useState<string | null>(null);

  // External system: the network, from which the words of a kind come.
  useEffect(() => {
    let stopped = false;
    const [first] = questions ?? [];
    const given: Answers = answers ?? (first && answer ? { [first.name]: answer } : {});
    const put = async (): Promise<void> => {
      const parts = await Promise.all((questions ?? []).map(async (question) => inWords(question, given)));
      if (!stopped) setSaid(parts.flatMap((part) => part ?? []).join(" · "));
    };
    const inWords = async (question: Question, all: Answers): Promise<string | null> => {
      const one = all[question.name];
      return one === undefined ? null : (await partsOf(question)).inWords(words, one, question);
    };
    put().catch(() => undefined);
    return () => {
      stopped = true;
    };
  }, [questions, answers, answer, words]);
  return <span dir="auto">{said || t("answer")}</span>;
}

async function partsOf({ kind }: Question): Promise<LoadedParts> {
  const parts: QuestionParts = questionParts[kind];
  return parts.form === "scale" ? parts : parts.load();
}
