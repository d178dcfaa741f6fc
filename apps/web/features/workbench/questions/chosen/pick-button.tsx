"use client";
import type { ReactNode } from "react";
import { KeyHint } from "../../../../components/keyboard/key-hint.tsx";
import { type Press, singlePress } from "../../views/single-press.ts";

interface PickButtonProps {
  readonly chosen: boolean;
  readonly label?: string;
  /** The key that presses it, while it does. */
  readonly shortcut?: string | undefined;
  /** Not `disabled`: the focus stays, and why it does nothing is said beside it. */
  readonly blocked?: boolean;
  readonly onPick: (press: Press) => void;
  readonly children: ReactNode;
}

/** One of several things to be chosen; large enough for a finger where there is no mouse. */
export function PickButton({ chosen, label, shortcut, blocked, onPick, children }: PickButtonProps): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={chosen}
      aria-disabled={blocked || undefined}
      aria-keyshortcuts={shortcut}
      className="pick-button"
      onClick={(event) => {
        const press = singlePress(event.nativeEvent);
        if (press && !blocked) onPick(press);
      }}
    >
      {shortcut ? <KeyHint value={shortcut} /> : null}
      {children}
    </button>
  );
}
