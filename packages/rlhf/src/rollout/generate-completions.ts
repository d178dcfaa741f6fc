import { type Message, SamplingOptions } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import type { z } from "zod";
import type { Files } from "../model/files.ts";
import { neededAnswerer } from "../model/needed-models.ts";
import { openAnsweringPolicy } from "./open-policy.ts";
import { type SampledAnswer, sampleAnswers } from "./sample-answers.ts";
import { stopStrings } from "./stop-strings.ts";

export interface GenerationRequest {
  readonly engine: Pick<Engine, "tf">;
  readonly policy: Files;
  /** One answer each; repeat a prompt for several. Repeated neighbours share the work on it. */
  readonly prompts: readonly (readonly Message[])[];
  readonly options?: z.input<typeof SamplingOptions>;
  readonly seed: number | string;
  /** Answers under way at a time, 32 if left out. */
  readonly slots?: number;
  readonly signal?: AbortSignal;
  /** Told every few tokens how many answers have ended. */
  readonly onProgress?: (ended: number) => void;
}

export interface GeneratedCompletion extends SampledAnswer {
  /** Without special tokens and stop strings, and storable anywhere: NUL, which a byte-level model can say, is U+FFFD. */
  readonly text: string;
}

/**
 * Answers prompts with a policy. The same request gives the same answers on the same engine.
 * @throws TrainingError `bad_model_files`, `wrong_model`, `cancelled`
 */
export async function generateCompletions(request: GenerationRequest): Promise<GeneratedCompletion[]> {
  const { engine, prompts, seed, slots, signal, onProgress } = request;
  const options = SamplingOptions.parse(request.options ?? {});
  const { tokenizer, opened } = openedPolicy(engine, request.policy);
  const policy = { ...opened, advantageWeight: advantageWeightOf(opened.advantageWeight, options.advantageWeight) };
  try {
    const answers = await sampleAnswers({
      policy,
      prompts: prompts.map((messages) => tokenizer.encodePrompt(messages)),
      tokenizer,
      options,
      seed,
      slots,
      signal,
      onProgress,
    });
    const stops = stopStrings(tokenizer, options.stop ?? []);
    return answers.map((answer) => ({
      ...answer,
      text: stops.cut(tokenizer.decodeAnswer(answer.tokens)).replaceAll("\0", "\ufffd"),
    }));
  } finally {
    policy.parameters.dispose();
  }
}

/** The model's weights are in the engine then, and nothing here holds them any more while answers are drawn. */
function openedPolicy({ tf }: Pick<Engine, "tf">, files: Files) {
  const model = neededAnswerer(files);
  return { tokenizer: model.tokenizer, opened: openAnsweringPolicy(tf, model) };
}

/** A plain language model has no advantages to weigh. */
function advantageWeightOf(ofModel: number | undefined, asked: number | undefined): number | undefined {
  return ofModel === undefined ? undefined : (asked ?? ofModel);
}
