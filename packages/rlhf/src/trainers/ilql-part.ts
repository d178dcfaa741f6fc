import type { IlqlSpec, ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { answerRows } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { hiddenStates } from "../model/decoder.ts";
import { ilqlHead, ilqlValue, languageModelLogits, rowsOf } from "../model/heads.ts";
import type { Parameters } from "../model/parameters.ts";
import { onlineQ, targetQ } from "../model/weight-shapes.ts";
import { ilqlLosses } from "../objectives/ilql.ts";
import type { StepPart } from "../training/trainee.ts";

export interface RewardedSequence {
  readonly sequence: AnswerSequence;
  /** Given at the answer's last token. */
  readonly reward: number;
}

/** The four losses of ILQL on a batch of whole answers; each answer token is an action in the state before it. */
export function ilqlPart(
  tf: TensorFlow,
  parameters: Parameters,
  config: ModelConfig,
  examples: readonly RewardedSequence[],
  share: number,
  { gamma, tau, cql, languageModel, imitationSharpness }: IlqlSpec,
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
      const losses = ilqlLosses(
        tf,
        {
          q: onlineQ.map((head) => ilqlHead(tf, parameters, head, states)),
          targetQ: targetQ.map((head) => ilqlHead(tf, parameters, head, states)),
          value: ilqlValue(tf, parameters, states),
          nextValue: ilqlValue(tf, parameters, nextStates),
          logits: languageModelLogits(tf, parameters, config, states),
          action: tf.tensor1d(rows.tokens, "int32"),
          reward: column((row) => (rows.last[row] ? (examples[rows.sequence[row] ?? 0]?.reward ?? 0) : 0)),
          continues: column((row) => (rows.last[row] ? 0 : 1)),
          mask: column(() => 1),
        },
        { gamma, tau, cqlWeight: cql, lmWeight: languageModel, imitationSharpness },
      );
      observe("qLoss", losses.q);
      observe("valueLoss", losses.value);
      observe("cqlLoss", losses.cql);
      observe("languageModelLoss", losses.lm);
      return losses.total;
    },
  };
}
