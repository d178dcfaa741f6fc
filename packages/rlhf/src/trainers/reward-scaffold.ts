import type { RewardSpec } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { RewardHead } from "../model/head.ts";
import { initialWeights } from "../model/initial-weights.ts";
import { type Model, packModel } from "../model/model-files.ts";
import { openParameters } from "../model/parameters.ts";
import { lexicalTermOn, wordsOf } from "../reward/lexical-term.ts";
import { chooseReference, normalisationOn } from "../reward/reference-normalisation.ts";
import { likelihoodTermOn, type RewardNetwork, scoreSequences } from "../reward/reward-network.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest } from "../training/request.ts";

/** Held-out labels that are looked at during training; the final figures are over all of them. */
export const glance = 256;

/** What both reward trainers share: the body of a policy, a fresh scalar head, and packing with the normalisation. */
export interface RewardScaffold {
  readonly network: RewardNetwork;
  /** Whether the optimiser moves this tensor. */
  trains(name: string): boolean;
  /** Normalises on the reference set (chosen from the training answers) and packs. `evaluation` becomes evaluation.json. */
  pack(axis: Pick<RewardHead, "scale" | "offset">, evaluation: unknown): Promise<Map<string, Uint8Array>>;
}

/** @param trainingAnswers what the likelihood term and the normalisation are measured on */
export async function openRewardScaffold(
  spec: RewardSpec,
  request: TraineeRequest,
  policy: Model,
  trainingAnswers: readonly AnswerSequence[],
): Promise<RewardScaffold> {
  const { signal, engine, team } = request;
  const { tf } = engine;
  const { config, tokenizer } = policy;
  const term = lexicalTermOn(
    trainingAnswers.map((answer) => wordsOf(tokenizer, answer)),
    spec.lexicalBuckets,
  );
  const parameters = openParameters(
    tf,
    initialWeights(config, { kind: "reward", lexical: term }, request.seed, policy.weights),
  );
  // Beside another term, a random head is only noise that the labels must first unlearn.
  if (spec.likelihood > 0 || term) {
    const score = parameters.variable("score.weight");
    tf.tidy(() => score.assign(tf.zerosLike(score)));
  }
  const reference = chooseReference(trainingAnswers);
  const likelihood = await orDispose(
    parameters,
    likelihoodTermOn({ tf, parameters, config, team }, reference, spec.likelihood, signal),
  );
  const words = term && { term, tokenizer };
  const network = { tf, parameters, config, pad: tokenizer.special.pad, likelihood, team, lexical: words };
  return {
    network,
    trains: (name) => !spec.freezeBody || !policy.weights.has(name),
    async pack({ scale, offset }, evaluation) {
      const scores = (await scoreSequences(network, reference, signal)).map((raw) => offset + scale * raw);
      const head: RewardHead = {
        kind: "reward",
        objective: spec.objective.kind,
        scale,
        offset,
        ...(likelihood ? { likelihood } : {}),
        ...(term ? { lexical: term } : {}),
        normalisation: normalisationOn(reference, scores),
      };
      const files = packModel({ config, head, tokenizer, weights: parameters.read() });
      return files.set("evaluation.json", new TextEncoder().encode(JSON.stringify(evaluation)));
    },
  };
}
