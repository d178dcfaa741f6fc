"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { ScaleBar } from "../views/scale-bar.tsx";
import { ScaleEnds } from "../views/scale-head.tsx";
import { SideLetter } from "../views/side-letter.tsx";
import { type Press, singlePress } from "../views/single-press.ts";
import { questionParts } from "./kinds.ts";
import type { ControlProps, QuestionParts } from "./question-parts.ts";
import { questionWords } from "./question-words.ts";
import { partOf, type ScalePart } from "./scale.ts";

/** A scale among other questions: it shows what is chosen, and its keys are those of the question that is wanted next. */
export function ScaleControl({ question, draft, current, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions");
  const parts: QuestionParts = questionParts[question.kind];
  const scale = parts.form === "scale" ? parts.scale(question) : { parts: [], beside: [], pair: false };
  const chosen = draft && partOf(scale, draft);
  const byKey = (part: ScalePart) => ({
    key: part.key,
    label: t(`parts.${part.name}`),
    run: (at: number) => onAnswer(part.answer, { at, input: "keyboard" }),
  });
  const choose = (part: ScalePart, press: Press | undefined): void => {
    // What may be left out can be taken back.
    if (press && part === chosen && !question.required) onDraft(null);
    else if (press) onAnswer(part.answer, press);
  };
  useKeys(current ? [...scale.parts, ...scale.beside].map(byKey) : []);
  return (
    <>
      {scale.pair ? <ScaleEnds /> : null}
      <div className="flex items-center gap-3 max-md:flex-wrap">
        {scale.pair ? <SideLetter letter="A" /> : null}
        <ScaleBar
          label={questionWords(question, (kind) => t(`kinds.${kind}`))}
          parts={scale.parts}
          flash={null}
          previous={null}
          chosen={chosen?.key ?? null}
          keys={current}
          sleep={null}
          onChoose={choose}
        />
        {scale.pair ? <SideLetter letter="B" /> : null}
        {scale.beside.map((part) => (
          <Button
            key={part.key}
            variant="ghost"
            {...(current ? { shortcut: part.key } : {})}
            className="aria-pressed:bg-accent-soft aria-pressed:text-ink"
            aria-pressed={chosen?.key === part.key}
            onClick={(event) => choose(part, singlePress(event.nativeEvent))}
          >
            {t(`short.${part.name}`)}
          </Button>
        ))}
      </div>
    </>
  );
}
