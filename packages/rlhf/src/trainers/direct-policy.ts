import type { DpoSpec } from "@touchstone/contracts";
import { sumOf } from "../arithmetic.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { Model } from "../model/model-files.ts";
import { asLanguageModel, neededPolicy, referenceFor } from "../model/needed-models.ts";
import { answerLogProbsOf } from "../rollout/answer-log-probs.ts";
import { drawAnswers } from "../rollout/draw-answers.ts";
import { driftFigures, withReference } from "../rollout/judged-rollout.ts";
import { openPolicy } from "../rollout/open-policy.ts";
import type { Policy } from "../rollout/policy.ts";
import type { Note } from "../training/note.ts";
import type { Metrics, PromptItem, TraineeRequest } from "../training/request.ts";
import { policyPrompts } from "./policy-prompts.ts";

/** The two models of a run without a reward model between, checked and not yet in the engine. */
export function directModels({ models }: Pick<TraineeRequest, "models">): {
  readonly start: Model;
  readonly referenceModel: Model;
} {
  const start = asLanguageModel(neededPolicy(models.policy, "policyToImprove"));
  return { start, referenceModel: referenceFor(start, models.reference) };
}

/** A policy that labels move themselves, and the reference it is held to. */
export interface DirectPolicy {
  readonly policy: Policy;
  readonly reference: Policy;
  /** How far answers to evaluation prompts have drifted. */
  drift(at: "watched" | "final"): Promise<Metrics>;
  dispose(): void;
}

/** Brings both models into the engine. @param items whose prompts are answered to see the drift */
export function openDirectPolicy(
  spec: Pick<DpoSpec, "evaluationPrompts" | "maxNewTokens">,
  { engine: { tf }, team, seed, signal }: TraineeRequest,
  { start, referenceModel }: ReturnType<typeof directModels>,
  items: readonly PromptItem[],
  note: Note,
): DirectPolicy {
  const { config, tokenizer } = start;
  const prompts = policyPrompts(items, tokenizer, config.context, spec.evaluationPrompts, note);
  const reference = openPolicy(tf, referenceModel, team);
  const policy = openPolicy(tf, start, team);
  const { maxNewTokens } = spec;
  return {
    policy,
    reference,
    async drift(at) {
      const drawing = { policy, tokenizer, prompts: prompts[at], maxNewTokens, seed: `${seed}/evaluation`, signal };
      return driftFigures(await withReference(await drawAnswers(drawing), reference, signal));
    },
    dispose() {
      policy.parameters.dispose();
      reference.parameters.dispose();
    },
  };
}

/** Σ log π over each answer. @throws TrainingError `cancelled` */
export async function sequenceLogProbs(
  policy: Policy,
  sequences: readonly AnswerSequence[],
  signal: AbortSignal | undefined,
): Promise<number[]> {
  return (await answerLogProbsOf(policy, sequences, signal)).map(sumOf);
}
