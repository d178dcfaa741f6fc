import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import { answerRows } from "../model/answer-rows.ts";
import { perAnswer } from "../model/per-answer.ts";
import { ktoBatchLoss } from "../objectives/direct.ts";
import { answerLogProbs } from "../rollout/answer-log-probs.ts";
import type { Policy } from "../rollout/policy.ts";
import type { StepPart } from "../training/trainee.ts";
import { answersOf, type KtoAnswer, type KtoObjective, type KtoRow, ktoWeight } from "./kto-answers.ts";

/**
 * The loss of some rows by the policy's own likelihoods.
 * @param referenceOf Σ log ref of an answer
 * @param share of the step's weight that this part holds
 * @param z estimate of KL(π‖ref) in this step
 */
export function ktoPart(
  policy: Policy,
  rows: readonly KtoRow[],
  referenceOf: (answer: KtoAnswer) => number,
  { objective, share, z }: { readonly objective: KtoObjective; readonly share: number; readonly z: number },
): StepPart {
  const { tf } = policy;
  const answers = answersOf(rows);
  const sequences = answers.map(({ sequence }) => sequence);
  return {
    share,
    tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
    loss(observe) {
      const batch = answerRows(sequences);
      const logProbs = perAnswer(tf, answerLogProbs(policy, batch), batch, "sum"); // (B)
      const ratios = tf.sub<Tensor1D>(logProbs, tf.tensor1d(answers.map(referenceOf)));
      const wanted = answers.map((answer) => answer.wanted);
      for (const [name, way] of [["chosenLogRatio", 1] as const, ["rejectedLogRatio", -1] as const]) {
        const count = wanted.filter((of) => of === way).length;
        observe(name, meanWhere(tf, ratios, wanted, way), count);
      }
      const pairs = decidedPairs(answers, rows);
      if (pairs.length > 0) observe("accuracy", accuracyOf(tf, ratios, pairs), pairs.length);
      const weights = tf.tensor1d(answers.map((answer) => ktoWeight(objective, answer)));
      return ktoBatchLoss(tf, ratios, tf.tensor1d(wanted, "float32"), weights, z, objective.beta);
    },
  };
}

/** Mean over the answers that were judged so; 0 of none. */
function meanWhere(tf: TensorFlow, values: Tensor1D, wanted: readonly number[], way: 1 | -1): Scalar {
  const chosen = wanted.map((of) => (of === way ? 1 : 0));
  const count = Math.max(1, chosen.filter((one) => one === 1).length);
  return tf.div<Scalar>(tf.sum(tf.mul(values, tf.tensor1d(chosen, "float32"))), count);
}

/** Places, among the answers, of the wanted and the unwanted side of each decided comparison. */
function decidedPairs(answers: readonly KtoAnswer[], rows: readonly KtoRow[]): { up: number; down: number }[] {
  const places = new Map(answers.map((answer, place) => [answer, place]));
  return rows.flatMap(({ answers: [one, other] }) => {
    if (!one || !other || one.wanted * other.wanted !== -1) return [];
    const [first, second] = [places.get(one) ?? 0, places.get(other) ?? 0];
    return [one.wanted > 0 ? { up: first, down: second } : { up: second, down: first }];
  });
}

function accuracyOf(tf: TensorFlow, ratios: Tensor1D, pairs: ReturnType<typeof decidedPairs>): Scalar {
  const at = (place: (pair: (typeof pairs)[number]) => number) =>
    tf.gather(ratios, tf.tensor1d(pairs.map(place), "int32"));
  return tf.mean<Scalar>(
    tf.cast(
      tf.greater(
        at(({ up }) => up),
        at(({ down }) => down),
      ),
      "float32",
    ),
  );
}
