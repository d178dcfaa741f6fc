import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import type { Parameters } from "../model/parameters.ts";
import { squaredErrorLoss } from "../objectives/squared-error.ts";
import type { RatingTarget } from "../reward/rating-examples.ts";
import { sequenceRewards } from "../reward/reward-network.ts";
import type { Axis } from "./rating-axes.ts";
import type { RewardPart } from "./reward-scaffold.ts";

/**
 * Some of a step's ratings by squared error, on the standardised axis.
 * @param onAxis what the reward has to go through to get there; nothing, unless it has an axis of its own
 */
export function ratingPart(
  axis: Axis,
  onAxis: (rewards: Tensor1D, parameters: Parameters) => Tensor1D = (rewards) => rewards,
): RewardPart<RatingTarget> {
  return (network, { rows, share }) => ({
    share,
    tokens: tokensOf(rows),
    loss(): Scalar {
      const { tf, parameters } = network;
      const sequences = rows.map(({ sequence }) => sequence);
      const wanted = tf.tensor1d(rows.map((row) => (row.score - axis.offset) / axis.scale));
      const weights = tf.tensor1d(rows.map(({ weight }) => weight));
      return squaredErrorLoss(tf, onAxis(sequenceRewards(network, sequences), parameters), wanted, weights);
    },
  });
}

export function tokensOf(rows: readonly RatingTarget[]): number {
  return rows.reduce((sum, { sequence }) => sum + sequence.ids.length, 0);
}
