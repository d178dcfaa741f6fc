import type { LeasedTask, Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { questionWords } from "../questions/question-words.ts";
import { partOf, type Scale, type ScalePart } from "../questions/scale.ts";
import type { Sleep } from "../state/wakefulness.ts";
import { ScaleBar } from "./scale-bar.tsx";
import { ScaleHead } from "./scale-head.tsx";
import { SideLetter } from "./side-letter.tsx";
import type { Press } from "./single-press.ts";

interface QuickQuestionProps {
  readonly task: LeasedTask;
  readonly question: Question;
  readonly scale: Scale;
  readonly flash: string | null;
  readonly sleep: Sleep | null;
  readonly onChoose: (part: ScalePart, press: Press | undefined) => void;
}

/** The one question of a task that one press answers, with its scale. */
export function QuickQuestion({ task, question, scale, flash, sleep, onChoose }: QuickQuestionProps): ReactNode {
  const t = useTranslations("questions.kinds");
  const words = questionWords(question, (kind) => t(kind));
  const previous = task.previousAnswers?.[question.name];
  return (
    <>
      <ScaleHead question={words} pair={scale.pair} />
      <div className="flex items-center gap-3">
        {scale.pair ? <SideLetter letter="A" /> : null}
        <ScaleBar
          label={words}
          parts={scale.parts}
          flash={flash}
          previous={(previous && partOf(scale, previous)?.key) ?? null}
          sleep={sleep}
          onChoose={onChoose}
        />
        {scale.pair ? <SideLetter letter="B" /> : null}
      </div>
    </>
  );
}
