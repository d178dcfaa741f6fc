import { asNumber, quoted } from "../read/fields.ts";
import { lineProblem } from "../read/line-problem.ts";

/** What the margins of a file are: parts of one (Llama 2's thirds), grades 1 to 3, or anything up to `largest`. */
export type MarginScale =
  | { readonly kind: "unit" }
  | { readonly kind: "grades" }
  | { readonly kind: "up-to"; readonly largest: number };

/** Gathers the margins of a file in a first pass; `scale()` is then the one rule by which all its rows are read. */
export interface MarginScaleBuilder {
  /** @throws DomainError invalid_line for what is no number of 0 or more. Absent margins say nothing. */
  add(value: unknown, line: number): void;
  scale(): MarginScale;
}

export function openMarginScale(): MarginScaleBuilder {
  let largest = 0;
  let isGrades = true;
  return {
    add(value, line) {
      const margin = marginOf(value, line);
      if (margin === null) return;
      largest = Math.max(largest, margin);
      isGrades &&= Number.isInteger(margin) && margin <= 3;
    },
    scale() {
      if (largest <= 1) return { kind: "unit" };
      return isGrades ? { kind: "grades" } : { kind: "up-to", largest };
    },
  };
}

/** The margin itself, null where the row has none. */
export function marginOf(value: unknown, line: number): number | null {
  if (value === undefined || value === null) return null;
  const margin = asNumber(value);
  if (margin !== undefined && Number.isFinite(margin) && margin >= 0) return margin;
  throw lineProblem(line, "margin", "negativeMargin", { said: quoted(value) });
}

/** The strength of a choice where its row states it, as `prepare` writes it beside a margin; null where it does not. */
export function statedStep(value: unknown, line: number): number | null {
  if (value === undefined || value === null) return null;
  const step = asNumber(value);
  if (step === 1 || step === 2 || step === 3) return step;
  throw lineProblem(line, "margin_step", "badMarginStep", { said: quoted(value) });
}

/**
 * The strength of a choice: 1 slightly, 2 plainly, 3 much better. A larger margin is never a weaker step, and equal
 * margins are equal steps. Without a margin the choice is plainly better.
 */
export function stepOfMargin(margin: number | null, scale: MarginScale): number {
  if (margin === null) return 2;
  return Math.min(3, Math.max(1, thirdsOf(margin, scale)));
}

function thirdsOf(margin: number, scale: MarginScale): number {
  switch (scale.kind) {
    case "unit":
      return Math.round(3 * margin);
    case "grades":
      return Math.round(margin);
    case "up-to":
      return Math.ceil((3 * margin) / scale.largest);
  }
}
