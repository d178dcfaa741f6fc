import type { SamplingOptions } from "@touchstone/contracts";
import type { SeededRandom } from "@touchstone/engine";
import { valuesOf } from "../model/values-of.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { CacheRoom } from "./cache-room.ts";
import type { StepRow } from "./cached-attention.ts";
import { openCachedDecoder } from "./cached-decoder.ts";
import { drawToken } from "./draw-token.ts";
import { type Policy, policyLogits } from "./policy.ts";
import { type StopStrings, stopStrings } from "./stop-strings.ts";

/** What an answer is drawn by: each of a board may have its own. */
export type BoardOptions = Pick<SamplingOptions, "temperature" | "topK" | "topP" | "maxNewTokens" | "stop">;

/** An answer that grows by a token a step, until it says why it has ended. */
export interface GrowingAnswer {
  readonly tokens: readonly number[];
  /** log π of each token at temperature 1. */
  readonly logProbs: readonly number[];
  /** Sum of the entropies of the distributions drawn from, in nats at temperature 1. */
  readonly entropy: number;
  /** `stop`: it ended by itself. `length`: cut off. Undefined while it grows. */
  readonly finishReason: "stop" | "length" | undefined;
}

/** Answers of one policy that grow together: any may begin or go at any time, and the batch stays full. */
export interface AnswerBoard {
  readonly active: number;
  /** Whether another may begin before the next step. */
  hasRoom(): boolean;
  /** Begins an answer, where there is room. @param prompt shorter than the context */
  begin(prompt: readonly number[], options: BoardOptions, random: SeededRandom): GrowingAnswer;
  /** Lets go of an answer that nobody waits for any more. */
  leave(answer: GrowingAnswer): void;
  /** Draws a token for every answer. @returns those that ended with it */
  step(): GrowingAnswer[];
  dispose(): void;
}

interface Sequence extends GrowingAnswer {
  readonly slot: number;
  readonly random: SeededRandom;
  readonly options: BoardOptions;
  readonly stops: StopStrings;
  readonly promptLength: number;
  /** Tokens that the decoder has not seen yet. */
  pending: readonly number[];
  /** A sequence of the same prompt, begun before the same step: its cache is copied instead of computing it again. */
  twin: Sequence | undefined;
  lastRow: number;
  readonly tokens: number[];
  readonly logProbs: number[];
  entropy: number;
  finishReason: "stop" | "length" | undefined;
}

/** Prompt tokens taken in at once: bounds the memory of a step, however long the context is. */
const maximumNewRows = 2_048;

/** @param room positions that the longest answer with its prompt may have, and answers under way at a time */
export function openAnswerBoard(
  policy: Policy,
  tokenizer: Pick<Tokenizer, "ends" | "decodeAnswer">,
  room: CacheRoom,
): AnswerBoard {
  const { tf, config } = policy;
  const { width, vocab, context } = config;
  const decoder = openCachedDecoder(tf, policy, { ...config, context: room.context }, room.slots);
  const freeSlots = Array.from({ length: room.slots }, (_, slot) => slot);
  let active: Sequence[] = [];
  let newRows = 0;
  let previous: Sequence | undefined;

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
    const last = new Float32Array(active.length * width);
    for (const [row, { lastRow }] of active.entries()) {
      last.set(hidden.subarray(lastRow * width, (lastRow + 1) * width), row * width);
    }
    return valuesOf(tf, () => policyLogits(policy, tf.tensor2d(last, [active.length, width])));
  };

  /** Draws its next token from these logits. */
  const grow = (sequence: Sequence, logits: Float32Array): void => {
    const { tokens, options, promptLength, stops } = sequence;
    const drawn = drawToken(logits, options, sequence.random);
    tokens.push(drawn.token);
    sequence.logProbs.push(drawn.logProb);
    sequence.entropy += drawn.entropy;
    sequence.pending = [drawn.token];
    if (tokenizer.ends.includes(drawn.token) || stops.completed(tokens)) sequence.finishReason = "stop";
    else if (tokens.length >= options.maxNewTokens || promptLength + tokens.length >= context)
      sequence.finishReason = "length";
  };

  return {
    get active() {
      return active.length;
    },
    hasRoom: () => freeSlots.length > 0 && newRows < maximumNewRows,
    begin(prompt, options, random) {
      const slot = freeSlots.pop();
      if (slot === undefined) throw new RangeError("no slot is free");
      const twin = previous && sameTokens(previous.pending, prompt) ? previous : undefined;
      const sequence: Sequence = {
        ...{ slot, random, options, twin, promptLength: prompt.length, pending: prompt, lastRow: 0 },
        stops: stopStrings(tokenizer, options.stop ?? []),
        ...{ tokens: [], logProbs: [], entropy: 0, finishReason: undefined },
      };
      if (!twin) {
        newRows += prompt.length;
        previous = sequence;
      }
      active.push(sequence);
      return sequence;
    },
    leave(answer) {
      const gone = active.find((one) => one === answer);
      if (!gone) return;
      active = active.filter((one) => one !== gone);
      for (const one of active) if (one.twin === gone) one.twin = undefined;
      if (previous === gone) previous = undefined;
      freeSlots.push(gone.slot);
    },
    step() {
      newRows = 0;
      previous = undefined;
      const logits = advance();
      for (const [row, sequence] of active.entries()) grow(sequence, logits.subarray(row * vocab, (row + 1) * vocab));
      const ended = active.filter(({ finishReason }) => finishReason !== undefined);
      active = active.filter(({ finishReason }) => finishReason === undefined);
      for (const { slot } of ended) freeSlots.push(slot);
      return ended;
    },
    dispose: () => decoder.dispose(),
  };
}

function sameTokens(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((token, index) => token === b[index]);
}
