import type { Press } from "../../views/single-press.ts";

/** A press of a key, as the desk takes it. */
export const keyPress = (at: number): Press => ({ at, input: "keyboard" });

/** As many digits as there are, for what is counted from 1. */
export const digitsTo = (count: number): number[] =>
  Array.from({ length: Math.min(count, 9) }, (_, index) => index + 1);
