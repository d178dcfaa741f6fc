import type { IlqlSpec } from "@touchstone/contracts";
import { sumOf } from "../arithmetic.ts";
import { answerRows } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { hiddenStates } from "../model/decoder.ts";
import { ilqlHead, ilqlValue, languageModelLogits, rowsOf } from "../model/heads.ts";
import { onlineQ, targetQ } from "../model/weight-shapes.ts";
import { ilqlLosses, imitationWeights } from "../objectives/ilql.ts";
import { lambdaFutures } from "../objectives/lambda-returns.ts";
import { perAnswerToken } from "../rollout/answer-log-probs.ts";
import type { Policy } from "../rollout/policy.ts";
import type { StepPiece } from "../training/cut-step.ts";
import type { StepPart } from "../training/trainee.ts";

export interface RewardedSequence {
  readonly sequence: AnswerSequence;
  /** Given at the answer's last token. */
  readonly reward: number;
}

/** What an answer weighs in the language-model loss of its step. */
export type ImitationWeight = (example: RewardedSequence) => number;

/**
 * The four losses of ILQL on a batch of whole answers; each answer token is an action in the state before it.
 * @param weightOf needed where the batch is a piece of a step and tokens are imitated unequally
 */
export function ilqlPart(
  { tf, parameters, config }: Policy,
  { rows: examples, share, factor }: StepPiece<RewardedSequence>,
  weightOf: ImitationWeight | undefined,
  { gamma, lambda, tau, cql, languageModel, imitationSharpness }: IlqlSpec,
): StepPart {
  const sequences = examples.map(({ sequence }) => sequence);
  return {
    share,
    tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
    loss(observe) {
      const rows = answerRows(sequences);
      const all = hiddenStates(tf, parameters, config, rows.batch); // (B·T, d)
      const states = rowsOf(tf, all, rows.states); // s, (N, d)
      const nextStates = rowsOf(
        tf,
        all,
        rows.states.map((position) => position + 1),
      ); // s′: the state after the token
      const column = (value: (row: number) => number) =>
        tf.tensor1d(Float32Array.from(rows.states, (_, row) => value(row)));
      const rewards = Array.from(rows.sequence, (answer, row) =>
        rows.last[row] ? (examples[answer]?.reward ?? 0) : 0,
      );
      const next = ilqlValue(tf, parameters, nextStates); // V(s′), (N)
      // Read off the engine only where it is mixed with what the answer earned.
      const future =
        lambda === 0 ? next : tf.tensor1d(lambdaFutures(next.dataSync(), rewards, rows.last, gamma, lambda));
      const imitated = weightOf ? factor(weightOf) : 1;
      const losses = ilqlLosses(
        tf,
        {
          q: onlineQ.map((head) => ilqlHead(tf, parameters, head, states)),
          targetQ: targetQ.map((head) => ilqlHead(tf, parameters, head, states)),
          value: ilqlValue(tf, parameters, states),
          nextValue: future,
          logits: languageModelLogits(tf, parameters, config, states),
          action: tf.tensor1d(rows.tokens, "int32"),
          reward: tf.tensor1d(rewards),
          continues: column((row) => (rows.last[row] ? 0 : 1)),
          mask: column(() => 1),
        },
        { gamma, tau, cqlWeight: cql, lmWeight: languageModel * imitated, imitationSharpness },
      );
      observe("qLoss", losses.q);
      observe("valueLoss", losses.value);
      observe("cqlLoss", losses.cql);
      observe("languageModelLoss", losses.lm, share * imitated);
      return losses.total;
    },
  };
}

/**
 * A look ahead at a step that is computed in pieces: the language-model loss is a mean by weights that the critics give, and
 * no piece knows their sum. It costs a forward pass over the step.
 * @returns nothing where all tokens weigh alike
 */
export async function imitationAhead(
  policy: Policy,
  step: readonly RewardedSequence[],
  { imitationSharpness, languageModel }: IlqlSpec,
  signal: AbortSignal | undefined,
): Promise<ImitationWeight | undefined> {
  if (imitationSharpness === 0 || languageModel === 0) return undefined;
  const { tf, parameters, config } = policy;
  const sequences = step.map(({ sequence }) => sequence);
  const ofTokens = await perAnswerToken(policy, sequences, signal, (rows) => {
    const states = rowsOf(tf, hiddenStates(tf, parameters, config, rows.batch), rows.states); // (N, d)
    const heads = targetQ.map((head) => ilqlHead(tf, parameters, head, states));
    const critics = { targetQ: heads, value: ilqlValue(tf, parameters, states) };
    return imitationWeights(tf, { ...critics, action: tf.tensor1d(rows.tokens, "int32") }, imitationSharpness);
  });
  const sums = new Map(step.map((example, index) => [example, sumOf(ofTokens[index] ?? [])]));
  return (example) => sums.get(example) ?? 0;
}
