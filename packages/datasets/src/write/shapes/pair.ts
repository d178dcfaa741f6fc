import type { Comparison, Message, ShapeReason, Split } from "@touchstone/contracts";
import type { RowContext } from "../context.ts";
import { trlPreferenceRow } from "../rows.ts";
import type { Shaped } from "./shaped.ts";
import { unheld } from "./turns.ts";

/** Two answers of which one is preferred, as all shapes of pairs read it. */
export interface Pair {
  readonly prompt: readonly Message[];
  readonly chosen: readonly Message[];
  readonly rejected: readonly Message[];
  readonly margin: number;
  readonly split: Split;
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly contradicted?: boolean;
}

/** How a shape writes a pair; or why it can't. */
export type PairShape = (pair: Pair, options: { readonly margin: boolean }) => Record<string, unknown> | ShapeReason;

/** A comparison as a pair; null where it prefers neither. */
export function pairOf(form: Comparison, context: RowContext): Pair | null {
  const row = trlPreferenceRow(form, context);
  if (row === null) return null;
  const { prompt, chosen, rejected, margin, ...provenance } = row;
  return { prompt, chosen, rejected, margin, split: form.split, provenance: { margin, ...provenance } };
}

/** A pair in a shape. Files and calls of tools are in none of them, since each of their readers takes texts. */
export function shapedPair(pair: Pair, shape: PairShape, options: { readonly margin: boolean }): Shaped {
  const reason = unheld([...pair.prompt, ...pair.chosen, ...pair.rejected]);
  if (reason !== null) return { leftOut: reason };
  const row = shape(pair, options);
  if (typeof row === "string") return { leftOut: row };
  const { provenance, split, contradicted } = pair;
  return { row, provenance, split, ...(contradicted === undefined ? {} : { contradicted }) };
}

/** A pair with all that is known of it, as `trl-preference` has it: no reader is strict about that one. */
export function fullPair({ prompt, chosen, rejected, provenance, split, contradicted = false }: Pair): Shaped {
  return { row: { prompt, chosen, rejected, ...provenance }, provenance, split, contradicted };
}

/** The text of an answer, which is one turn where no tool was called. */
export const answerText = (turns: readonly Message[]): string => turns[0]?.content ?? "";
