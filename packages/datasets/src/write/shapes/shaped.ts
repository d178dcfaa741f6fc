import type { ShapeReason, Split } from "@touchstone/contracts";
import type { JudgementInContext } from "@touchstone/labeling";
import type { RowContext } from "../context.ts";

/** A judgement with what its file said beside it, as the exports read it. */
export interface FramedJudgement extends JudgementInContext {
  readonly context: RowContext;
}

/** A row as its reader wants it, and beside it where it came from. */
export interface ShapedRow {
  readonly row: Readonly<Record<string, unknown>>;
  readonly provenance: Readonly<Record<string, unknown>>;
  readonly split: Split;
  /** Whether it is of several judgements that did not all say the same. */
  readonly contradicted?: boolean;
}

/** What becomes of something that was judged: a row, or none, for a reason. */
export type Shaped = ShapedRow | { readonly leftOut: ShapeReason };
