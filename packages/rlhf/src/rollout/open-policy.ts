import type { TensorFlow } from "@touchstone/engine";
import type { Model } from "../model/model-files.ts";
import { openParameters } from "../model/parameters.ts";
import { linearLayer } from "../model/weight-shapes.ts";
import type { Team } from "../parallel/team.ts";
import type { Policy } from "./policy.ts";

/** Copies a model into the engine as a policy; dispose of its parameters afterwards. */
export function openPolicy(tf: TensorFlow, { config, head, weights }: Model, team?: Team): Policy {
  return {
    tf,
    config,
    parameters: openParameters(tf, weights),
    team,
    advantageWeight: head.kind === "ilql" ? head.advantageWeight : undefined,
  };
}

/**
 * The same for a policy that answers and is not trained, opened by one board: the matrices of its blocks are held once, by the
 * decoder, and not a second time among the parameters.
 */
export function openAnsweringPolicy(tf: TensorFlow, model: Model): Policy {
  const isOfBlock = (name: string) => linearLayer(name) !== undefined;
  const rest = new Map([...model.weights].filter(([name]) => !isOfBlock(name)));
  const blocks = new Map([...model.weights].filter(([name]) => isOfBlock(name)));
  return { ...openPolicy(tf, { ...model, weights: rest }), blocks };
}
