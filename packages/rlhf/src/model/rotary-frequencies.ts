import type { ModelConfig, RopeScaling } from "@touchstone/contracts";
import { headSize } from "./sizes.ts";

/**
 * Angles by which a position turns further than the one before, one for each pair of channels, (s/2): θ^(−2c/s), rotary
 * positions (Su et al. 2021, eq. 15), slowed as the config says.
 */
export function rotaryFrequencies(config: ModelConfig): number[] {
  const half = headSize(config) / 2; // s/2
  return Array.from({ length: half }, (_, coordinate) =>
    slowed(config.ropeTheta ** (-coordinate / half), config.ropeScaling),
  );
}

function slowed(frequency: number, scaling: RopeScaling | undefined): number {
  if (scaling === undefined) return frequency;
  if (scaling.type === "linear") return frequency / scaling.factor;
  const { factor, lowFrequencyFactor: low, highFrequencyFactor: high, originalContext } = scaling;
  // Turns that a pair of channels makes within the context of the pre-training: few turns are slowed whole, many not at all.
  const turns = (originalContext * frequency) / (2 * Math.PI);
  if (turns < low) return frequency / factor;
  if (turns > high) return frequency;
  const share = (turns - low) / (high - low);
  return (1 - share) * (frequency / factor) + share * frequency;
}
