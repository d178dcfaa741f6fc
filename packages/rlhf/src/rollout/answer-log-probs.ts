import type { Tensor1D } from "@tensorflow/tfjs";
import { tokenLogProbs } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import { type AnswerRows, answerRows } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { hiddenStates } from "../model/decoder.ts";
import { rowsOf } from "../model/heads.ts";
import { valuesOf } from "../model/values-of.ts";
import { inPieces } from "../parallel/in-pieces.ts";
import { alone } from "../parallel/team.ts";
import { hearCancel } from "../training/hear-cancel.ts";
import { type Policy, policyLogits } from "./policy.ts";

/** log π of every answer token of a batch at temperature 1, (N), differentiable. */
export function answerLogProbs(policy: Policy, rows: AnswerRows): Tensor1D {
  const { tf, parameters, config } = policy;
  const hidden = rowsOf(tf, hiddenStates(tf, parameters, config, rows.batch), rows.states); // (N, d)
  return tokenLogProbs(tf, policyLogits(policy, hidden), tf.tensor1d(rows.tokens, "int32"));
}

/** Sequences evaluated at a time: bounds memory. */
const batchSize = 32;

/**
 * What `compute` gives for every answer token of each sequence, as numbers. A team shares the sequences out.
 * @param compute one value a token of a batch, (N)
 * @throws TrainingError `cancelled`
 */
export async function perAnswerToken(
  { tf, team = alone }: Pick<Policy, "tf" | "team">,
  sequences: readonly AnswerSequence[],
  signal: AbortSignal | undefined,
  compute: (rows: AnswerRows) => Tensor1D,
  read: "all" | "inputs" = "all",
): Promise<number[][]> {
  return inPieces(team, sequences, batchSize, async (piece) => {
    await hearCancel(signal);
    const rows = answerRows(piece, read);
    const bySequence: number[][] = piece.map(() => []);
    for (const [index, value] of valuesOf(tf, () => compute(rows)).entries()) {
      bySequence[rows.sequence[index] ?? 0]?.push(value);
    }
    return bySequence;
  });
}

/**
 * log π of every answer token of each sequence, as numbers.
 * @throws TrainingError `cancelled`
 */
export function answerLogProbsOf(
  policy: Policy,
  sequences: readonly AnswerSequence[],
  signal?: AbortSignal,
  read: "all" | "inputs" = "all",
): Promise<number[][]> {
  return perAnswerToken(policy, sequences, signal, (rows) => answerLogProbs(policy, rows), read);
}

/**
 * Mean cross-entropy over all answer tokens, in nats a token.
 * @throws TrainingError `cancelled`
 */
export async function meanAnswerLoss(
  policy: Policy,
  sequences: readonly AnswerSequence[],
  signal?: AbortSignal,
  read: "all" | "inputs" = "all",
): Promise<number> {
  const logProbs = (await answerLogProbsOf(policy, sequences, signal, read)).flat();
  return logProbs.length === 0 ? 0 : -meanOf(logProbs);
}
