import type { Answer, Answers, JudgementSubmission, Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { questionParts } from "../questions/kinds.ts";
import type { LoadedParts, QuestionParts } from "../questions/question-parts.ts";

interface AnswerLineProps extends Pick<JudgementSubmission, "answers" | "answer"> {
  readonly questions: readonly Question[] | undefined;
  /** Whether what no line can hold, such as a text, is shown whole below it. */
  readonly whole: boolean;
}

interface Said {
  readonly question: Question;
  readonly answer: Answer;
  readonly parts: LoadedParts;
}

/** Answers in one line, in the words of their kinds; without a network those of a kind that was never here are missing. */
export function AnswerLine({ questions, answers, answer, whole }: AnswerLineProps): ReactNode {
  const t = useTranslations("workbench.panels.list");
  const words = useTranslations("questions");
  const [said, setSaid] = useState<readonly Said[]>([]);

  // External system: the network, from which the words of a kind come.
  useEffect(() => {
    let stopped = false;
    const [first] = questions ?? [];
    const given: Answers = answers ?? (first && answer ? { [first.name]: answer } : {});
    const put = async (): Promise<void> => {
      const all = await Promise.all((questions ?? []).map(async (question) => saidTo(question, given[question.name])));
      if (!stopped) setSaid(all.flatMap((one) => one ?? []));
    };
    put().catch(() => undefined);
    return () => {
      stopped = true;
    };
  }, [questions, answers, answer]);
  const line = said.map((one) => one.parts.inWords(words, one.answer, one.question)).join(" · ");
  return (
    <>
      <p dir="auto" className="font-medium">
        {line || t("answer")}
      </p>
      {whole ? said.map((one) => <WholeAnswer key={one.question.name} {...one} />) : null}
    </>
  );
}

/** With nothing of the task beside it: that is not kept here. */
function WholeAnswer({ question, answer, parts }: Said): ReactNode {
  const InFull = parts.form === "parts" ? parts.InFull : undefined;
  return InFull ? <InFull answer={answer} question={question} shown={[]} language={null} /> : null;
}

async function saidTo(question: Question, answer: Answer | undefined): Promise<Said | null> {
  if (answer === undefined) return null;
  const parts: QuestionParts = questionParts[question.kind];
  return { question, answer, parts: parts.form === "scale" ? parts : await parts.load() };
}
