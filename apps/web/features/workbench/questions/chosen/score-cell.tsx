"use client";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import { shortcutOf } from "../../../../components/keyboard/key-press.ts";
import type { Press } from "../../views/single-press.ts";
import { PickButton } from "./pick-button.tsx";
import { digitsTo, keyPress } from "./press-of.ts";

interface ScoreCellProps {
  readonly id: string;
  /** The letter of the answer; empty where it stands alone. */
  readonly name: string;
  readonly label: string;
  readonly score: number | null;
  readonly steps: number;
  /** Whether a digit means this one while no cell has the focus. */
  readonly next: boolean;
  readonly onRate: (score: number, press: Press) => void;
}

/** The scores that one aspect of one answer can have. With the focus in it, a digit gives one. */
export function ScoreCell({ id, name, label, score, steps, next, onRate }: ScoreCellProps): ReactNode {
  const t = useTranslations("questions.aspects");
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, code, isComposing, keyCode, repeat, metaKey, ctrlKey, altKey, shiftKey } = event.nativeEvent;
    const said = { key, code, isComposing, keyCode, repeat, metaKey, ctrlKey, altKey, shiftKey, inText: false };
    const digit = digitsTo(steps).find((one) => String(one) === shortcutOf(said));
    if (digit === undefined) return;
    // Handled here: the keys of the page must not take it too.
    event.preventDefault();
    onRate(digit, keyPress(event.timeStamp));
  };
  return (
    <fieldset
      id={id}
      aria-label={label}
      // The focus goes from cell to cell by itself; buttons within are reached by Tab.
      tabIndex={-1}
      data-next={next || undefined}
      className="score-cell"
      onKeyDown={onKeyDown}
    >
      {name === "" ? null : <b aria-hidden="true">{name}</b>}
      {digitsTo(steps).map((digit) => (
        <PickButton
          key={digit}
          chosen={score === digit}
          label={t("score", { score: digit, steps })}
          onPick={(press) => onRate(digit, press)}
        >
          {digit}
        </PickButton>
      ))}
    </fieldset>
  );
}
