import type { TensorFlow } from "@touchstone/engine";
import type { Model } from "../model/model-files.ts";
import { openParameters } from "../model/parameters.ts";
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
