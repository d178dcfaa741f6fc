import type { InputKind } from "../state/desk.ts";

/** A click as the desk takes it. */
export interface Press {
  /** On the clock of `performance.now()`. */
  readonly at: number;
  readonly input: InputKind;
}

/** Undefined for the second click of a double click, which is about what stood there before the first. */
export function singlePress(event: MouseEvent): Press | undefined {
  return event.detail > 1 ? undefined : { at: event.timeStamp, input: inputKindOf(event) };
}

/** A click without coordinates of a pointer came from Enter or Space on the focused button. */
function inputKindOf(event: MouseEvent): InputKind {
  if (event instanceof PointerEvent && event.pointerType === "touch") return "touch";
  return event.detail === 0 ? "keyboard" : "pointer";
}
