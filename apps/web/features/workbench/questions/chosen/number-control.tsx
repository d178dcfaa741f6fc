"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { focusDesk } from "../../state/focus-desk.ts";
import { letterOf } from "../../text/letter-of.ts";
import type { ControlProps } from "../question-parts.ts";
import { NumberLine } from "./number-line.tsx";
import { gridOf, valuesOf, withValue } from "./number-values.ts";
import { digitsTo, keyPress } from "./press-of.ts";

/**
 * A number for each answer, by a slider or in its field. A digit goes to the field of that answer; in a field digits are the
 * number, Enter goes to the next answer without one, and from the last it is the answer.
 */
export function NumberControl({ question, task, draft, current, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions.number");
  const id = useId();
  const count = task.completions.length;
  const grid = gridOf(question);
  const values = valuesOf(draft, count);
  const focus = (place: number): void => document.getElementById(`${id}-${place}`)?.focus();
  const enter = (place: number, at: number): void => {
    const after = values.findIndex((value, index) => index > place && value === null);
    const empty = after < 0 ? values.indexOf(null) : after;
    if (empty >= 0) {
      focus(empty);
      return;
    }
    focusDesk();
    onAnswer({ values }, keyPress(at));
  };
  useKeys(
    current
      ? digitsTo(count).map((digit) => ({
          key: String(digit),
          label: t("key", { name: letterOf(digit - 1) }),
          run: () => focus(digit - 1),
        }))
      : [],
  );
  return (
    <div className="grid gap-3">
      {values.map((value, place) => (
        <NumberLine
          key={task.completions[place]?.id}
          id={`${id}-${place}`}
          name={count === 1 ? "" : letterOf(place)}
          shortcut={current ? String(place + 1) : undefined}
          value={value}
          grid={grid}
          onValue={(given) => onDraft(withValue(values, place, given))}
          onEnter={(at) => enter(place, at)}
        />
      ))}
      <p className="text-xs text-ink-3">{t("bounds", { ...grid })}</p>
    </div>
  );
}
