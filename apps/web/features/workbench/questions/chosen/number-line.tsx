"use client";
import { isOnGrid, type NumberGrid } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { KeyboardEvent, ReactNode } from "react";
import { KeyHint } from "../../../../components/keyboard/key-hint.tsx";
import { focusDesk } from "../../state/focus-desk.ts";

interface NumberLineProps {
  readonly id: string;
  /** The letter of the answer; empty where it stands alone. */
  readonly name: string;
  readonly shortcut: string | undefined;
  readonly value: number | null;
  readonly grid: NumberGrid;
  readonly onValue: (value: number | null) => void;
  readonly onEnter: (at: number) => void;
}

/** The number of one answer: a slider, and a field that says it and takes it exactly. */
export function NumberLine({ id, name, shortcut, value, grid, onValue, onEnter }: NumberLineProps): ReactNode {
  const t = useTranslations("questions.number");
  const wrong = value !== null && !isOnGrid(value, grid);
  const { min, max, step } = grid;
  const onKeyDown = (event: KeyboardEvent): void => {
    const { isComposing, metaKey, ctrlKey } = event.nativeEvent;
    if (isComposing || metaKey || ctrlKey || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    if (event.key === "Enter") onEnter(event.timeStamp);
    else focusDesk();
  };
  return (
    <div className="number-line">
      {name === "" ? null : <b aria-hidden="true">{name}</b>}
      <input
        type="range"
        aria-label={name === "" ? t("sliderAlone") : t("slider", { name })}
        aria-valuetext={value === null ? t("none") : undefined}
        data-unset={value === null || undefined}
        {...{ min, max, step }}
        value={value ?? min}
        onChange={(event) => onValue(event.currentTarget.valueAsNumber)}
        // A press where the handle stands already changes nothing, and means that number all the same.
        onClick={(event) => onValue(event.currentTarget.valueAsNumber)}
      />
      <input
        id={id}
        type="number"
        inputMode="decimal"
        aria-label={name === "" ? t("fieldAlone") : t("field", { name })}
        aria-invalid={wrong || undefined}
        {...{ min, max, step }}
        value={value ?? ""}
        onChange={(event) => {
          const given = event.currentTarget.valueAsNumber;
          onValue(Number.isFinite(given) ? given : null);
        }}
        onKeyDown={onKeyDown}
      />
      {shortcut ? <KeyHint value={shortcut} /> : null}
      {wrong ? (
        <span role="alert" className="text-xs text-warn">
          {t("wrong", { min, max, step })}
        </span>
      ) : null}
    </div>
  );
}
