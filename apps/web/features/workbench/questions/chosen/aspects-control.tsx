"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { letterOf } from "../../text/letter-of.ts";
import type { Press } from "../../views/single-press.ts";
import { labelOf } from "../label-of.ts";
import type { ControlProps } from "../question-parts.ts";
import {
  aspectsOf,
  type Cell,
  cellsOf,
  nextEmpty,
  scoresOf,
  stepsOf,
  withoutScore,
  withScore,
} from "./aspect-cells.ts";
import { digitsTo, keyPress } from "./press-of.ts";
import { ScoreCell } from "./score-cell.tsx";

/**
 * A score for each aspect of each answer. A digit rates the cell that has the focus, else the first without a score, and the
 * focus goes on to the next one.
 */
export function AspectsControl({ question, task, draft, current, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions.aspects");
  const id = useId();
  const count = task.completions.length;
  const steps = stepsOf(question);
  const cells = cellsOf(question, count);
  const next = nextEmpty(question, draft, count);
  const idOf = ({ aspect, place }: Cell): string =>
    `${id}-${cells.findIndex((cell) => cell.aspect === aspect && cell.place === place)}`;
  const nameOf = (place: number): string => (count === 1 ? "" : letterOf(place));

  const rate = (cell: Cell, score: number, press: Press): void => {
    const isGiven = scoresOf(draft, cell.aspect, count)[cell.place] === score;
    // A second press on a score takes it back; a second digit says it once more.
    if (isGiven && press.input !== "keyboard") {
      onDraft(withoutScore(question, draft, count, cell));
      return;
    }
    const made = withScore(question, draft, count, cell, score);
    if (!onAnswer(made, press)) return;
    const after = nextEmpty(question, made, count, cell);
    if (after && press.input === "keyboard") document.getElementById(idOf(after))?.focus();
  };
  useKeys(
    current
      ? digitsTo(steps).map((digit) => ({
          key: String(digit),
          label: t("key", { score: digit }),
          run: (at: number) => next && rate(next, digit, keyPress(at)),
        }))
      : [],
  );
  return (
    <div className="grid gap-4">
      {aspectsOf(question).map((aspect) => (
        <fieldset key={aspect} className="grid min-w-0 gap-1.5">
          <legend dir="auto" className="mb-1 text-sm font-medium break-words">
            {labelOf(question, aspect)}
          </legend>
          {scoresOf(draft, aspect, count).map((score, place) => {
            const cell = { aspect, place };
            return (
              <ScoreCell
                key={letterOf(place)}
                id={idOf(cell)}
                name={nameOf(place)}
                label={
                  count === 1
                    ? labelOf(question, aspect)
                    : t("cell", { aspect: labelOf(question, aspect), name: letterOf(place) })
                }
                score={score}
                steps={steps}
                next={current && next?.aspect === aspect && next.place === place}
                onRate={(given, press) => rate(cell, given, press)}
              />
            );
          })}
        </fieldset>
      ))}
      <p className="text-xs text-ink-3">{t("how", { steps })}</p>
    </div>
  );
}
