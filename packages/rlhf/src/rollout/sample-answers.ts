import { seededRandom } from "@touchstone/engine";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { TrainingError } from "../training-error.ts";
import { type BoardOptions, type GrowingAnswer, openAnswerBoard } from "./answer-board.ts";
import { type CacheRoom, cacheRoom } from "./cache-room.ts";
import type { Policy } from "./policy.ts";

export interface SampledAnswer {
  /** With the token that ends it, or those that spell a stop string, if the policy said them. */
  readonly tokens: readonly number[];
  /** log π of each token at temperature 1. */
  readonly logProbs: readonly number[];
  /** Mean entropy of the distributions drawn from, in nats at temperature 1. */
  readonly entropy: number;
  /** `stop`: it ended by itself. `length`: cut off. `prompt_too_long`: the prompt left no room, nothing was drawn. */
  readonly finishReason: "stop" | "length" | "prompt_too_long";
}

export interface SampleRequest {
  readonly policy: Policy;
  /** Of the policy. */
  readonly tokenizer: Pick<Tokenizer, "ends" | "decodeAnswer">;
  /** Token ids of each prompt. Equal neighbours share the work on their prompt. */
  readonly prompts: readonly (readonly number[])[];
  readonly options: BoardOptions;
  /** Answer i draws from its own stream, named by the seed and i. */
  readonly seed: number | string;
  /** Number of the first answer, 0 if left out: a part of the answers is drawn as it would be among all. */
  readonly first?: number | undefined;
  /** Answers under way at a time. */
  readonly slots?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told every few tokens how many answers have ended. */
  readonly onProgress?: ((ended: number) => void) | undefined;
}

/**
 * Samples one answer a prompt. Slots are refilled as soon as their answer ends, so that the batch stays full.
 * @throws TrainingError `cancelled`
 */
export async function sampleAnswers(request: SampleRequest): Promise<SampledAnswer[]> {
  const { policy, tokenizer, prompts, options, seed, first = 0, signal, onProgress } = request;
  const random = seededRandom(seed);
  const board = openAnswerBoard(policy, tokenizer, roomOf(request));
  const answers: SampledAnswer[] = prompts.map(() => ({
    tokens: [],
    logProbs: [],
    entropy: 0,
    finishReason: "prompt_too_long",
  }));
  const indexOf = new Map<GrowingAnswer, number>();
  let next = 0;
  let done = 0;

  const admit = () => {
    while (board.hasRoom() && next < prompts.length) {
      const index = next++;
      const prompt = prompts[index] ?? [];
      if (prompt.length >= policy.config.context) continue;
      indexOf.set(board.begin(prompt, options, random.fork(String(first + index))), index);
    }
  };

  try {
    for (let round = 0; board.active > 0 || next < prompts.length; round++) {
      if (signal?.aborted) throw new TrainingError("cancelled", "Generation was cancelled.");
      admit();
      if (board.active === 0) break;
      for (const ended of board.step()) {
        const { tokens, logProbs, entropy, finishReason } = ended;
        const index = indexOf.get(ended);
        if (index === undefined || finishReason === undefined) continue;
        indexOf.delete(ended);
        done += 1;
        answers[index] = { tokens, logProbs, entropy: entropy / tokens.length, finishReason };
      }
      // Let the host hear a cancel or a heartbeat now and then; each turn of the event loop costs a few microseconds.
      if (round % 16 !== 15) continue;
      onProgress?.(done);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return answers;
  } finally {
    board.dispose();
  }
}

/** Of prompts that leave no room for an answer nothing is drawn, so they need none either. */
function roomOf({ policy: { config }, prompts, options, slots = 32 }: SampleRequest): CacheRoom {
  const longest = prompts.reduce((most, { length }) => (length < config.context ? Math.max(most, length) : most), 0);
  const wanted = Math.min(slots, Math.max(1, prompts.length));
  return cacheRoom(config, { longest, maxNewTokens: options.maxNewTokens, slots: wanted });
}
