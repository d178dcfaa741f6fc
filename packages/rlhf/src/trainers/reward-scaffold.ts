import type { RewardSpec } from "@touchstone/contracts";
import type { RewardHead } from "../model/head.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { type Model, packModel } from "../model/model-files.ts";
import { openParameters, type Parameters } from "../model/parameters.ts";
import { chooseReference, normalisationOn } from "../reward/reference-normalisation.ts";
import { scoreSequences } from "../reward/score-sequences.ts";
import type { TrainerRequest } from "../training/request.ts";

/** Held-out labels that are looked at during training; the final figures are over all of them. */
export const glance = 256;

/** What both reward trainers share: the body of a policy, a fresh scalar head, and packing with the normalisation. */
export interface RewardScaffold {
  readonly parameters: Parameters;
  /** Raw scores, on the trained axis. */
  score(sequences: readonly (readonly number[])[]): number[];
  /** Normalises on the reference set (chosen from the training answers) and packs. `evaluation` becomes evaluation.json. */
  pack(
    trainingAnswers: readonly (readonly number[])[],
    axis: Pick<RewardHead, "scale" | "offset">,
    evaluation: unknown,
  ): Map<string, Uint8Array>;
}

export function openRewardScaffold(spec: RewardSpec, request: TrainerRequest, policy: Model): RewardScaffold {
  const { tf } = request.engine;
  const { config, tokenizer } = policy;
  const parameters = openParameters(tf, initialWeights(config, "reward", request.seed, policy.weights));
  const score = (sequences: readonly (readonly number[])[]) => scoreSequences(tf, parameters, config, sequences);
  return {
    parameters,
    score,
    pack(trainingAnswers, { scale, offset }, evaluation) {
      const reference = chooseReference(trainingAnswers);
      const scores = score(reference).map((raw) => offset + scale * raw);
      const normalisation = normalisationOn(reference, scores);
      const head: RewardHead = { kind: "reward", objective: spec.objective.kind, scale, offset, normalisation };
      const files = packModel({ config, head, tokenizer, weights: parameters.read() });
      return files.set("evaluation.json", new TextEncoder().encode(JSON.stringify(evaluation)));
    },
  };
}
