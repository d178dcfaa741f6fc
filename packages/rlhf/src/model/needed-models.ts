import type { ReasonWord } from "@touchstone/contracts";
import { isFrozenModel } from "../features/frozen-model.ts";
import { reasoned, TrainingError } from "../training-error.ts";
import type { Files } from "./files.ts";
import type { Head } from "./head.ts";
import { type Model, unpackModel } from "./model-files.ts";
import { readTensors } from "./read-tensors.ts";
import type { Weights } from "./weights.ts";

/** What a policy is for in a run. */
type PolicyRole = Extract<
  ReasonWord,
  | "policyToImprove"
  | "policyToTune"
  | "policyToMeasure"
  | "policyThatAnswers"
  | "policyOfReward"
  | "modelToGoOn"
  | "klReference"
>;

/**
 * @param tensors those of its file, where they have been read already
 * @throws TrainingError `wrong_model` if it is missing or a reward model
 */
export function neededPolicy(files: Files | undefined, role: PolicyRole, tensors?: Weights): Model {
  if (!files) throw reasoned("policyMissing", { kind: role });
  if (isFrozenModel(files)) throw reasoned("rewardAsPolicy", { kind: role });
  const model = unpackModel(files, tensors);
  if (model.head.kind === "reward") throw reasoned("rewardAsPolicy", { kind: role });
  return model;
}

/**
 * A policy that goes into the engine as it is, and whose weights nobody changes outside: they are read where their file lies in
 * memory, for half a billion of them take 2 GB each time.
 *
 * @throws TrainingError `wrong_model` if it is missing or a reward model
 */
export function neededAnswerer(files: Files | undefined): Model {
  const file = "model.safetensors";
  const bytes = files?.get(file);
  return neededPolicy(files, "policyThatAnswers", bytes && readTensors(file, bytes, { inPlace: true }));
}

/** @throws TrainingError `wrong_model` if it is missing or no reward model */
export function neededReward(files: Files | undefined): Model<Extract<Head, { kind: "reward" }>> {
  if (!files) throw reasoned("rewardMissing");
  const { head, ...rest } = unpackModel(files);
  if (head.kind !== "reward") throw reasoned("policyAsReward");
  return { ...rest, head };
}

/**
 * What the KL is measured against: the starting policy, unless another is given.
 * @throws TrainingError `wrong_model`, or `tokenizer_mismatch`: KL is a difference of log-probabilities of the same tokens
 */
export function referenceFor(start: Model, files: Files | undefined): Model {
  if (!files) return start;
  const reference = neededPolicy(files, "klReference");
  if (start.tokenizer.sha256 !== reference.tokenizer.sha256) {
    throw new TrainingError(
      "tokenizer_mismatch",
      "Policy and reference split text differently, so no KL can be measured.",
    );
  }
  return reference;
}

/** The decoder alone: Q heads of an earlier ILQL run know nothing of what the language model is about to learn. */
export function asLanguageModel(model: Model): Model {
  const weights = new Map([...model.weights].filter(([name]) => !name.startsWith("ilql.")));
  return { ...model, head: { kind: "lm" }, weights };
}
