import type { Message } from "@touchstone/contracts";
import { type Engine, type SeededRandom, seededRandom } from "@touchstone/engine";
import type { Files } from "../model/files.ts";
import { neededAnswerer } from "../model/needed-models.ts";
import { type BoardOptions, type GrowingAnswer, openAnswerBoard } from "../rollout/answer-board.ts";
import { openAnsweringPolicy } from "../rollout/open-policy.ts";
import { stopStrings } from "../rollout/stop-strings.ts";
import { growingText } from "./growing-text.ts";
import { TurnsByAsker } from "./turns-by-asker.ts";

/** A question for a policy that stays in memory. */
export interface ServedRequest {
  /** Who asks: askers take turns, however much one of them asks. */
  readonly asker: string;
  readonly messages: readonly Message[];
  /** Answers to it, each drawn from a stream of its own, named by the seed and its number. */
  readonly answers: number;
  /** Without a length an answer may fill the context. */
  readonly options: Omit<BoardOptions, "maxNewTokens"> & { readonly maxNewTokens?: number | undefined };
  readonly seed: number;
}

/** What an answer has said since the last step. */
export interface ServedNews {
  readonly answer: number;
  readonly text: string;
  /** Of the answer so far. */
  readonly tokens: number;
  readonly finishReason: "stop" | "length" | undefined;
}

/** A question being answered. */
export interface ServedTalk {
  readonly promptTokens: number;
  /** What is new since it was asked last. */
  news(): ServedNews[];
  /** Nobody waits for it any more. */
  leave(): void;
}

/** A policy in memory that answers many questions at once, whoever asks them. */
export interface ServedPolicy {
  /** In tokens. */
  readonly context: number;
  /** Whether there is anything to do. */
  busy(): boolean;
  /**
   * Takes a question in, to be begun in its turn.
   * @throws PromptTooLong, or what the model's own template refuses
   */
  ask(request: ServedRequest): ServedTalk;
  /** Draws a token for all answers under way. */
  step(): void;
  dispose(): void;
}

/** A conversation that leaves its answer no room. */
export class PromptTooLong extends Error {
  override readonly name = "PromptTooLong";
  readonly tokens: number;
  readonly context: number;
  constructor(tokens: number, context: number) {
    super(`The conversation has ${tokens} tokens, and the context ${context}.`);
    this.tokens = tokens;
    this.context = context;
  }
}

interface Waiting {
  readonly ids: readonly number[];
  readonly options: BoardOptions;
  readonly random: SeededRandom;
  begun(answer: GrowingAnswer): void;
}

/**
 * Copies a policy into the engine, to answer until it is disposed of.
 * @param slots answers under way at a time
 * @throws TrainingError `bad_model_files`, `wrong_model`
 */
export function openServedPolicy(engine: Pick<Engine, "tf">, files: Files, slots: number): ServedPolicy {
  const model = neededAnswerer(files);
  const policy = openAnsweringPolicy(engine.tf, model);
  const { tokenizer } = model;
  const { context } = model.config;
  const board = openAnswerBoard(policy, tokenizer, { context, slots });
  const waiting = new TurnsByAsker<Waiting>();

  return {
    context,
    busy: () => board.active > 0 || waiting.size > 0,
    ask({ asker, messages, answers, options, seed }) {
      const ids = tokenizer.encodePrompt(messages);
      if (ids.length >= context) throw new PromptTooLong(ids.length, context);
      const random = seededRandom(seed);
      const room = context - ids.length;
      const maxNewTokens = Math.min(options.maxNewTokens ?? room, room);
      const growing = Array.from({ length: answers }, (_, answer) => {
        const stops = stopStrings(tokenizer, options.stop ?? []);
        const ends = [...(options.stop ?? []), ...(tokenizer.answerEnd === undefined ? [] : [tokenizer.answerEnd])];
        const text = growingText((tokens) => stops.cut(tokenizer.decodeAnswer(tokens)), ends);
        const one: { answer: GrowingAnswer | undefined; told: number; queued: Waiting } = {
          answer: undefined,
          told: 0,
          queued: {
            ...{ ids, options: { ...options, maxNewTokens }, random: random.fork(String(answer)) },
            begun(grows) {
              one.answer = grows;
            },
          },
        };
        waiting.add(asker, one.queued);
        return { one, text };
      });
      return {
        promptTokens: ids.length,
        news: () =>
          growing.flatMap(({ one, text }, answer) => {
            const { answer: grows, told } = one;
            const tokens = grows?.tokens.length ?? 0;
            if (!grows || tokens === told) return [];
            one.told = tokens;
            return [{ answer, text: text.more(grows), tokens, finishReason: grows.finishReason }];
          }),
        leave() {
          const ours = new Set(growing.map(({ one }) => one.queued));
          waiting.remove((one) => ours.has(one));
          for (const { one } of growing) if (one.answer) board.leave(one.answer);
        },
      };
    },
    step() {
      while (board.hasRoom()) {
        const next = waiting.next();
        if (!next) break;
        next.begun(board.begin(next.ids, next.options, next.random));
      }
      if (board.active > 0) board.step();
    },
    dispose() {
      board.dispose();
      policy.parameters.dispose();
    },
  };
}
