import type { Files } from "../model/files.ts";
import { neededPolicy, referenceFor } from "../model/needed-models.ts";
import { scorerFor } from "../reward/scorer-for.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { PromptItem, TrainerRequest } from "../training/request.ts";
import { judgedRollout, sequenceKl } from "./judged-rollout.ts";
import { openPolicy } from "./open-policy.ts";

export interface EvaluationRequest extends Pick<TrainerRequest, "engine" | "judge" | "signal"> {
  readonly policy: Files;
  readonly models: { readonly reference?: Files | undefined; readonly reward?: Files | undefined };
  /** One answer each; give an item several times, under other ids, for several. */
  readonly prompts: readonly PromptItem[];
  readonly maxNewTokens: number;
  readonly seed: number;
}

export interface EvaluatedAnswer {
  readonly promptId: string;
  readonly text: string;
  /** Of the judge, or the reward model's normalised score. */
  readonly reward: number;
  /** Σ log π − log ref over the answer, at temperature 1 and in nats (k1): its mean is an unbiased estimate of the KL. */
  readonly kl: number;
  readonly tokens: number;
}

/**
 * Answers prompts at temperature 1 from the whole distribution, and measures each answer's reward and its distance from the
 * reference (the policy itself if none is given).
 *
 * @throws TrainingError `bad_model_files`, `wrong_model`, `tokenizer_mismatch`, `cancelled`
 * @throws RangeError for a prompt that fills the model's context
 */
export async function evaluatePolicy(request: EvaluationRequest): Promise<EvaluatedAnswer[]> {
  const { engine, models, prompts, maxNewTokens, seed, signal } = request;
  const model = neededPolicy(request.policy, "policyToMeasure");
  const { tokenizer, config } = model;
  const encoded = prompts.map((item) => ({ ...item, ids: tokenizer.encodePrompt(item.prompt) }));
  const full = encoded.find(({ ids }) => ids.length >= config.context);
  if (full)
    throw new RangeError(`The prompt ${full.promptId} leaves no room in a context of ${config.context} tokens.`);
  const policy = openPolicy(engine.tf, model);
  const reference = openPolicy(engine.tf, referenceFor(model, models.reference));
  const scorer = scorerFor(request);
  const opened = {
    dispose() {
      policy.parameters.dispose();
      reference.parameters.dispose();
      scorer.dispose();
    },
  };
  const drawing = { policy, reference, scorer, tokenizer, maxNewTokens, signal, seed: `${seed}/evaluation` };
  const answers = await orDispose(opened, judgedRollout({ ...drawing, prompts: encoded }));
  opened.dispose();
  return answers.map((judged) => ({
    promptId: judged.prompt.promptId,
    text: tokenizer.decodeAnswer(judged.answer.tokens),
    reward: judged.reward,
    kl: sequenceKl(judged),
    tokens: judged.answer.tokens.length,
  }));
}
