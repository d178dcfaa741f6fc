"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { ScaleBar } from "../views/scale-bar.tsx";
import { singlePress } from "../views/single-press.ts";
import { questionParts } from "./kinds.ts";
import type { ControlProps, QuestionParts } from "./question-parts.ts";
import { questionWords } from "./question-words.ts";
import { partOf, type ScalePart } from "./scale.ts";

/** A scale among other questions: it shows what is chosen, and its keys are those of the question that is wanted next. */
export function ScaleControl({ question, draft, current, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions");
  const parts: QuestionParts = questionParts[question.kind];
  const scale = parts.form === "scale" ? parts.scale(question) : { parts: [], beside: [], pair: false };
  const chosen = draft && partOf(scale, draft);
  const byKey = (part: ScalePart) => ({
    key: part.key,
    label: t(`parts.${part.name}`),
    run: (at: number) => onAnswer(part.answer, { at, input: "keyboard" }),
  });
  useKeys(current ? [...scale.parts, ...scale.beside].map(byKey) : []);
  return (
    <div className="flex items-center gap-3">
      <ScaleBar
        label={questionWords(question, (kind) => t(`kinds.${kind}`))}
        parts={scale.parts}
        flash={chosen?.key ?? null}
        previous={null}
        sleep={null}
        onChoose={(part, press) => press && onAnswer(part.answer, press)}
      />
      {scale.beside.map((part) => (
        <Button
          key={part.key}
          variant="ghost"
          shortcut={part.key}
          aria-pressed={chosen?.key === part.key}
          onClick={(event) => {
            const press = singlePress(event.nativeEvent);
            if (press) onAnswer(part.answer, press);
          }}
        >
          {t(`short.${part.name}`)}
        </Button>
      ))}
    </div>
  );
}
