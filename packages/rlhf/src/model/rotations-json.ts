import type { ModelConfig, RopeScaling } from "@touchstone/contracts";
import { z } from "zod";

const Scaling = z
  .looseObject({
    rope_type: z.string().nullish(),
    type: z.string().nullish(),
    rope_theta: z.number().nullish(),
    factor: z.number().nullish(),
    low_freq_factor: z.number().nullish(),
    high_freq_factor: z.number().nullish(),
    original_max_position_embeddings: z.number().nullish(),
    partial_rotary_factor: z.number().nullish(),
  })
  .nullish();

/** Keys of a config.json that say how positions turn; transformers 5 moved all of them into rope_parameters. */
export const rotations = {
  rope_theta: z.number().nullish(),
  rope_scaling: Scaling,
  rope_parameters: Scaling,
  partial_rotary_factor: z.number().nullish(),
};
const Rotations = z.object(rotations);
type Rotations = z.infer<typeof Rotations>;

function typeOf({ rope_parameters, rope_scaling }: Rotations): string {
  const scaling = rope_parameters ?? rope_scaling;
  return scaling?.rope_type ?? scaling?.type ?? "default";
}

/** The type of rotations that are not ours to turn; nothing where they are. */
export function unknownRotations(file: Rotations): string | undefined {
  const type = typeOf(file);
  if (!["default", "linear", "llama3"].includes(type)) return type;
  const share = file.rope_parameters?.partial_rotary_factor ?? file.partial_rotary_factor ?? 1;
  return share === 1 ? undefined : `partial_rotary_factor ${share}`;
}

/** The base of the angles; nothing where the library's default stands. */
export function thetaOf({ rope_parameters, rope_theta }: Rotations): number | undefined {
  return rope_parameters?.rope_theta ?? rope_theta ?? undefined;
}

/** @throws ZodError, once the config is checked, where a number is missing */
export function scalingOf(file: Rotations): { ropeScaling?: unknown } {
  const scaling = file.rope_parameters ?? file.rope_scaling;
  const type = typeOf(file);
  if (type === "linear") return { ropeScaling: { type, factor: scaling?.factor } };
  if (type !== "llama3") return {};
  const ropeScaling = {
    type,
    factor: scaling?.factor,
    lowFrequencyFactor: scaling?.low_freq_factor,
    highFrequencyFactor: scaling?.high_freq_factor,
    originalContext: scaling?.original_max_position_embeddings,
  };
  return { ropeScaling };
}

/** The same as keys of a config.json. */
export function scalingKeys({ ropeScaling: scaling }: ModelConfig): object {
  return scaling === undefined ? {} : { rope_scaling: keysOf(scaling) };
}

function keysOf(scaling: RopeScaling): object {
  const { type, factor } = scaling;
  if (type === "linear") return { rope_type: type, factor };
  return {
    rope_type: type,
    factor,
    low_freq_factor: scaling.lowFrequencyFactor,
    high_freq_factor: scaling.highFrequencyFactor,
    original_max_position_embeddings: scaling.originalContext,
  };
}
