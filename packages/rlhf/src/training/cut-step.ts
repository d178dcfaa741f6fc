import { sumOf } from "../arithmetic.ts";
import { piecesOf } from "../model/answer-rows.ts";
import type { Team } from "../parallel/team.ts";

/** Some rows of a step, and what their means weigh in the step's. */
export interface StepPiece<Row> {
  readonly rows: readonly Row[];
  /** This piece's part of the step's weight; 1 for the whole. */
  readonly share: number;
  /**
   * For a term of the loss that is a mean by other weights than the share's: what it is multiplied by, so that the pieces'
   * terms, each times its piece's share, add up to the mean over the step. 1 for the whole.
   */
  factor(weightOf: (row: Row) => number): number;
}

/**
 * Cuts a step's rows into `accumulate` pieces, to save memory, and each of them among the threads of the team. However they
 * are cut, the pieces' means add up to the mean over the whole step, up to rounding.
 *
 * @param weightOf what a row weighs in the mean that the loss is: 1, its number of tokens, its label's weight
 */
export function cutStep<Row>(
  rows: readonly Row[],
  accumulate: number,
  { size }: Pick<Team, "size">,
  weightOf: (row: Row) => number = () => 1,
): StepPiece<Row>[] {
  const shareOf = (piece: readonly Row[], weigh: (row: Row) => number) => {
    const whole = sumOf(rows.map(weigh));
    // A mean of rows that weigh nothing is 0, whatever its share.
    return whole === 0 ? piece.length / rows.length : sumOf(piece.map(weigh)) / whole;
  };
  return piecesOf(rows, Math.ceil(Math.ceil(rows.length / accumulate) / size)).map((piece) => {
    const share = shareOf(piece, weightOf);
    return { rows: piece, share, factor: (weigh) => (share === 0 ? 0 : shareOf(piece, weigh) / share) };
  });
}
