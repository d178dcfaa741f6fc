import type { SamplingOptions } from "@touchstone/contracts";
import { type SeededRandom, seededRandom } from "@touchstone/engine";
import { valuesOf } from "../model/values-of.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { TrainingError } from "../training-error.ts";
import { type CacheRoom, cacheRoom } from "./cache-room.ts";
import type { StepRow } from "./cached-attention.ts";
import { openCachedDecoder } from "./cached-decoder.ts";
import { drawToken } from "./draw-token.ts";
import { type Policy, policyLogits } from "./policy.ts";
import { stopStrings } from "./stop-strings.ts";

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
  readonly options: Pick<SamplingOptions, "temperature" | "topK" | "topP" | "maxNewTokens" | "stop">;
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

interface Sequence {
  readonly index: number;
  readonly slot: number;
  readonly random: SeededRandom;
  readonly promptLength: number;
  /** Tokens that the decoder has not seen yet. */
  pending: readonly number[];
  /** A sequence of the same prompt, admitted in the same round: its cache is copied instead of computing it again. */
  twin: Sequence | undefined;
  lastRow: number;
  readonly tokens: number[];
  readonly logProbs: number[];
  entropy: number;
}

/** Prompt tokens taken in at once: bounds the memory of a step, however long the context is. */
const maximumNewRows = 2_048;

/**
 * Samples one answer a prompt. Slots are refilled as soon as their answer ends, so that the batch stays full.
 * @throws TrainingError `cancelled`
 */
export async function sampleAnswers(request: SampleRequest): Promise<SampledAnswer[]> {
  const { policy, tokenizer, prompts, options, seed, first = 0, signal, onProgress } = request;
  const { tf, config } = policy;
  const { context, slots } = roomOf(request);
  const random = seededRandom(seed);
  const stops = stopStrings(tokenizer, options.stop ?? []);
  const decoder = openCachedDecoder(tf, policy.parameters, { ...config, context }, slots);
  const answers: SampledAnswer[] = prompts.map(() => ({
    tokens: [],
    logProbs: [],
    entropy: 0,
    finishReason: "prompt_too_long",
  }));
  const freeSlots = Array.from({ length: slots }, (_, slot) => slot);
  let active: Sequence[] = [];
  let next = 0;
  let ended = 0;

  const admit = () => {
    let newRows = 0;
    let previous: Sequence | undefined;
    while (freeSlots.length > 0 && next < prompts.length && newRows < maximumNewRows) {
      const index = next++;
      const prompt = prompts[index] ?? [];
      if (prompt.length >= config.context) continue;
      const slot = freeSlots.pop() ?? 0;
      const twin = previous && sameTokens(previous.pending, prompt) ? previous : undefined;
      const sequence: Sequence = {
        index,
        slot,
        twin,
        promptLength: prompt.length,
        random: random.fork(String(first + index)),
        pending: prompt,
        lastRow: 0,
        tokens: [],
        logProbs: [],
        entropy: 0,
      };
      if (!twin) {
        newRows += prompt.length;
        previous = sequence;
      }
      active.push(sequence);
    }
  };

  /** Runs all pending tokens and returns the logits of what follows each active sequence. */
  const advance = (): Float32Array => {
    const rows: StepRow[] = [];
    for (const sequence of active) {
      if (sequence.twin) continue;
      const start = sequence.promptLength + sequence.tokens.length - sequence.pending.length;
      for (const [offset, token] of sequence.pending.entries()) {
        rows.push({ slot: sequence.slot, position: start + offset, token });
      }
      sequence.lastRow = rows.length - 1;
    }
    const hidden = decoder.step(rows);
    for (const sequence of active) {
      if (!sequence.twin) continue;
      decoder.copySlot(sequence.twin.slot, sequence.slot, sequence.promptLength);
      sequence.lastRow = sequence.twin.lastRow;
      sequence.twin = undefined;
    }
    const { width } = config;
    const last = new Float32Array(active.length * width);
    for (const [row, { lastRow }] of active.entries()) {
      last.set(hidden.subarray(lastRow * width, (lastRow + 1) * width), row * width);
    }
    return valuesOf(tf, () => policyLogits(policy, tf.tensor2d(last, [active.length, width])));
  };

  try {
    for (let round = 0; active.length > 0 || next < prompts.length; round++) {
      if (signal?.aborted) throw new TrainingError("cancelled", "Generation was cancelled.");
      admit();
      if (active.length === 0) break;
      const logits = advance();
      active = active.filter((sequence, row) => {
        const drawn = drawToken(
          logits.subarray(row * config.vocab, (row + 1) * config.vocab),
          options,
          sequence.random,
        );
        sequence.tokens.push(drawn.token);
        sequence.logProbs.push(drawn.logProb);
        sequence.entropy += drawn.entropy;
        sequence.pending = [drawn.token];
        const isComplete = tokenizer.ends.includes(drawn.token) || stops.completed(sequence.tokens);
        const full =
          sequence.tokens.length >= options.maxNewTokens ||
          sequence.promptLength + sequence.tokens.length >= config.context;
        if (!isComplete && !full) return true;
        ended += 1;
        answers[sequence.index] = {
          tokens: sequence.tokens,
          logProbs: sequence.logProbs,
          entropy: sequence.entropy / sequence.tokens.length,
          finishReason: isComplete ? "stop" : "length",
        };
        freeSlots.push(sequence.slot);
        return false;
      });
      // Let the host hear a cancel or a heartbeat now and then; each turn of the event loop costs a few microseconds.
      if (round % 16 !== 15) continue;
      onProgress?.(ended);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return answers;
  } finally {
    decoder.dispose();
  }
}

/** Of prompts that leave no room for an answer nothing is drawn, so they need none either. */
function roomOf({ policy: { config }, prompts, options, slots = 32 }: SampleRequest): CacheRoom {
  const longest = prompts.reduce((most, { length }) => (length < config.context ? Math.max(most, length) : most), 0);
  const wanted = Math.min(slots, Math.max(1, prompts.length));
  return cacheRoom(config, { longest, maxNewTokens: options.maxNewTokens, slots: wanted });
}

function sameTokens(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}
