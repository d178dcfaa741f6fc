import type { Split } from "@touchstone/contracts";
import type { Note } from "../training/note.ts";
import { counted } from "../training-error.ts";
import type { LabelNoun } from "./label-noun.ts";

/** What is measured on and never learned from: rows of the validation split first, those of the test split after them. */
export interface HeldOut<Example> {
  readonly heldOut: readonly Example[];
  /** How many of them, from the first on, may be looked at during the run: those of the validation split. */
  readonly watched: number;
}

/**
 * The rows outside the training split. Whatever a run decides while it learns, such as when to stop, it may decide by the
 * validation split alone: test rows are looked at once, at its end.
 * @param encode rows that give nothing are left out
 */
export function heldOutOf<Row extends { readonly split: Split }, Example>(
  rows: readonly Row[],
  encode: (row: Row) => Example | undefined,
): HeldOut<Example> {
  const of = (split: Split) => rows.filter((row) => row.split === split).flatMap((row) => encode(row) ?? []);
  const validation = of("validation");
  return { heldOut: [...validation, ...of("test")], watched: validation.length };
}

/** Says what is kept for the end, if anything is. */
export function noteTestRows(
  note: Note,
  noun: LabelNoun | "prompts" | "texts",
  { heldOut, watched }: HeldOut<unknown>,
): void {
  const test = heldOut.length - watched;
  if (test === 0) return;
  note(`${counted(test, noun)} of the test split ${test === 1 ? "is" : "are"} looked at only at the end of the run.`, {
    code: "test_rows_kept",
    level: "note",
    values: { noun, count: test },
  });
}
