import type { Rank, Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { Comparison, OrderedLogitObjective } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import type { Parameters } from "../model/parameters.ts";
import {
  beyondAnyScore,
  decidedLogOdds,
  gapsFromCounts,
  orderedLogit,
  orderedLogitLoss,
  symmetricThresholds,
} from "../objectives/ordered-logit.ts";
import { labelWeights, objectivePrefix, type PreferenceLikelihood, quickened } from "./preference-likelihood.ts";

const common = `${objectivePrefix}common`;
const annotators = `${objectivePrefix}annotators`;
/** Three log gaps between thresholds, and the pull of what stood first. */
const width = 4;

/**
 * The ordered logit of graded preferences (McCullagh 1980) with what people differ by: η = r_a − r_b ± (p + p_j), + where a stood
 * first, and thresholds ±t₁, ±t₂, ±t₃ whose log gaps are g + g_j for annotator j. The p_j and g_j are random effects, drawn to 0 by a
 * normal prior, so an annotator of few answers, and one never seen, has the common ones. All are fitted with the network, on the
 * training split.
 */
export function orderedLogitLikelihood(
  tf: TensorFlow,
  objective: Pick<OrderedLogitObjective, "annotators" | "position" | "likelihoodRate">,
  learningRate: number,
  train: readonly Comparison[],
): PreferenceLikelihood {
  const count = (size: number) => train.filter(({ outcome }) => Math.abs(outcome) === size).length;
  const start = [...gapsFromCounts([count(0), count(1), count(2), count(3)]), 0];
  // Where the first is always a (as in files of chosen and rejected), its pull can't be told from what the names say.
  const hasPosition = objective.position && new Set(train.map(({ first }) => first)).size > 1;
  const people = objective.annotators > 0 ? [...new Set(train.map(({ annotator }) => annotator))] : [];
  const places = new Map(people.map((id, index) => [id, index + 1]));
  const factor = objective.likelihoodRate / learningRate;
  const free = [1, 1, 1, hasPosition ? 1 : 0];

  /**
   * Row 0: strangers. Others: the annotators' deviations, which sum to 0 over them: what all share would else be found half in
   * each, and strangers would lack their half. (J + 1, 4)
   */
  const deviations = (parameters: Parameters) => {
    const own = quickened(tf, parameters.matrix(annotators), factor);
    return tf.mul<Tensor2D>(
      tf.concat([tf.zeros<Rank.R2>([1, width]), tf.sub<Tensor2D>(own, tf.mean(own, 0))]),
      tf.tensor1d(free),
    );
  };

  return {
    weights: new Map([
      [common, { shape: [width], values: new Float32Array(width) }],
      [
        annotators,
        { shape: [Math.max(1, people.length), width], values: new Float32Array(Math.max(1, people.length) * width) },
      ],
    ]),
    loss(parameters, a, b, labels) {
      const shared = tf.add<Tensor1D>(
        tf.mul(quickened(tf, parameters.vector(common), factor), tf.tensor1d(free)),
        tf.tensor1d(start),
      );
      const effects = deviations(parameters);
      const rows = tf.tensor1d(
        labels.map(({ annotator }) => places.get(annotator) ?? 0),
        "int32",
      );
      const own = tf.add<Tensor2D>(tf.gather<Tensor2D>(effects, rows), shared); // (B, 4)
      const gaps = tf.exp<Tensor2D>(tf.slice<Rank.R2, Tensor2D>(own, [0, 0], [labels.length, 3]));
      const thresholds = tf.matMul<Tensor2D>(gaps, tf.tensor2d(summing)); // (B, 3): t₁, t₂, t₃
      const position = tf.reshape<Rank.R1>(tf.slice2d(own, [0, 3], [labels.length, 1]), [-1]);
      const sides = tf.tensor1d(labels.map(sideOf));
      const location = tf.add<Tensor1D>(tf.sub(a, b), tf.mul(position, sides));
      const bound = (of: "lower" | "upper") => boundOf(tf, thresholds, labels, of);
      const answers = orderedLogitLoss(tf, location, bound("lower"), bound("upper"), labelWeights(tf, labels));
      if (people.length === 0) return answers;
      const prior = tf.div(tf.sum(tf.square(effects)), 2 * objective.annotators ** 2 * train.length);
      return tf.add<Scalar>(answers, prior);
    },
    fitted(parameters) {
      const moved = [...parameters.vector(common).dataSync()];
      const shared = start.map((value, k) => value + (free[k] ?? 0) * factor * (moved[k] ?? 0));
      const own = tf.tidy(() => deviations(parameters).arraySync());
      const effectOf = ({ annotator }: Pick<Comparison, "annotator">) => own[places.get(annotator) ?? 0] ?? [];
      const modelOf = (label: Pick<Comparison, "annotator">) => {
        const [g1 = 0, g2 = 0, g3 = 0, position = 0] = shared.map((value, k) => value + (effectOf(label)[k] ?? 0));
        return { thresholds: symmetricThresholds([g1, g2, g3]), position };
      };
      const everyone = modelOf({ annotator: "" });
      const [, , , t1 = 0, t2 = 0, t3 = 0] = everyone.thresholds;
      return {
        metrics: {
          "threshold.tie": t1,
          "threshold.better": t2,
          "threshold.muchBetter": t3,
          position: everyone.position,
        },
        values: {
          common: everyone,
          annotators: Object.fromEntries(people.map((id) => [id, modelOf({ annotator: id })])),
        },
        logOdds(label, difference) {
          const { thresholds, position } = modelOf(label);
          const [, , below = 0, above = 0] = thresholds;
          return decidedLogOdds(difference + position * sideOf(label), [below, above]);
        },
        surprise(label, difference) {
          const { thresholds, position } = modelOf(label);
          const probabilities = orderedLogit(difference + position * sideOf(label), thresholds);
          // Probabilities are differences of sigmoids: 0 at the far end means below 1e-16.
          return -Math.log(Math.max(probabilities[label.outcome + 3] ?? 0, 1e-16));
        },
      };
    },
  };
}

/** t = gaps · summing: each threshold is the sum of the gaps up to it. */
const summing = [
  [1, 1, 1],
  [0, 1, 1],
  [0, 0, 1],
];

function sideOf({ first }: Comparison): number {
  return first === "a" ? 1 : -1;
}

/** θ below or above the answer given, (B): a signed choice of t₁, t₂, t₃, or beyond any score at the ends. */
function boundOf(tf: TensorFlow, thresholds: Tensor2D, labels: readonly Comparison[], of: "lower" | "upper"): Tensor1D {
  // With y counted from the tie, θ_y is t_{y+1} for y ≥ 0 and −t_{−y} below; the lower bound of y is the upper one of y − 1.
  const answers = labels.map(({ outcome }) => (of === "upper" ? outcome : outcome - 1));
  const signs = answers.map((y) => [1, 2, 3].map((t) => signOf(t, y)));
  const ends = answers.map(endOf);
  const chosen = tf.sum<Tensor1D>(tf.mul(thresholds, tf.tensor2d(signs, [labels.length, 3])), 1);
  return tf.add<Tensor1D>(chosen, tf.tensor1d(ends));
}

/** With which sign t counts in θ_y: +1 for t_{y+1} where y ≥ 0, −1 for t_{−y} below, else 0. */
function signOf(threshold: number, y: number): number {
  if (y >= 0) return threshold === y + 1 ? 1 : 0;
  return threshold === -y ? -1 : 0;
}

/** Above the strongest answer and below the weakest one there is no threshold, only a bound that no score reaches. */
function endOf(y: number): number {
  if (y === 3) return beyondAnyScore;
  return y === -4 ? -beyondAnyScore : 0;
}
