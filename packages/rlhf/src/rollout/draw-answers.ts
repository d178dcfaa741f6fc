import type { Message } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { alone } from "../parallel/team.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { Policy } from "./policy.ts";
import { type SampledAnswer, sampleAnswers } from "./sample-answers.ts";

export interface EncodedPrompt {
  readonly prompt: readonly Message[];
  readonly ids: readonly number[];
}

/** An answer drawn at temperature 1 from the whole distribution. */
export interface DrawnAnswer<Prompt extends EncodedPrompt = EncodedPrompt> {
  readonly prompt: Prompt;
  readonly sequence: AnswerSequence;
  readonly answer: SampledAnswer;
  /** Whether the policy ended it by itself. */
  readonly ended: boolean;
}

export interface DrawRequest<Prompt extends EncodedPrompt = EncodedPrompt> {
  readonly policy: Policy;
  /** Of the policy: what it says ends when its token for that comes. */
  readonly tokenizer: Tokenizer;
  /** One answer each; equal neighbours share the work on their prompt. */
  readonly prompts: readonly Prompt[];
  readonly maxNewTokens: number;
  readonly seed: string;
  readonly signal?: AbortSignal | undefined;
}

/** Answers under way at a time: past about 64 the products are large enough that more brings nothing. */
const slots = 64;

/**
 * Draws one answer a prompt.
 * @throws TrainingError `cancelled`
 */
export async function drawAnswers<Prompt extends EncodedPrompt>(
  request: DrawRequest<Prompt>,
): Promise<DrawnAnswer<Prompt>[]> {
  const { policy, tokenizer, prompts, maxNewTokens, seed, signal } = request;
  const { team = alone } = policy;
  // Each thread a stretch of neighbours, since equal ones share the work on their prompt.
  const [from, to] = [team.rank, team.rank + 1].map((end) => Math.floor((end * prompts.length) / team.size));
  const own = await sampleAnswers({
    policy,
    tokenizer,
    prompts: prompts.slice(from, to).map(({ ids }) => ids),
    options: { temperature: 1, topK: 0, topP: 1, maxNewTokens },
    seed,
    first: from,
    slots,
    signal,
  });
  const answers = (await team.gather(own)).flat();
  return prompts.flatMap((prompt, index) => {
    const answer = answers[index];
    if (!answer) return [];
    const sequence = { ids: [...prompt.ids, ...answer.tokens], answerStart: prompt.ids.length };
    return { prompt, sequence, answer, ended: answer.finishReason === "stop" };
  });
}
