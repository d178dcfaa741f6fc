import { seededRandom } from "@touchstone/engine";
import { piecesOf } from "../model/answer-rows.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { bestFitDecreasing } from "../training/best-fit.ts";
import { exampleOrder } from "../training/example-order.ts";

/** Pieces of running text, each predicted from its second token on. */
export interface TextWindows {
  /** How many there are to learn from. */
  readonly count: number;
  /** Those of step 1, 2, …: a function of seed and step alone. */
  at(step: number): AnswerSequence[];
  readonly heldOut: readonly AnswerSequence[];
  /** `inputs`: the windows hold one token more than the context, which is only predicted. */
  readonly read: "all" | "inputs";
}

interface Texts {
  readonly train: readonly string[];
  readonly heldOut: readonly string[];
  readonly tokenizer: Tokenizer;
  readonly context: number;
  readonly batchSize: number;
  readonly seed: number;
}

/** The stream cut into windows of the context: nothing is dropped and nearly nothing padded; every epoch in a fresh order. */
export function packedWindows(texts: Texts): TextWindows {
  return fixedWindows(texts, (some) => piecesOf(streamOf(some, texts.tokenizer), texts.context));
}

/**
 * Whole texts into windows by best fit: no text is cut that fits into the context, at the price of some padding. Held-out texts
 * likewise; every epoch in a fresh order.
 */
export function bestFitWindows(texts: Texts): TextWindows {
  return fixedWindows(texts, (some) => {
    const streams = some.map((text) => streamOf([text], texts.tokenizer));
    const { windows } = bestFitDecreasing(
      streams.map(({ length }) => length),
      texts.context,
    );
    return windows.map((pieces) => pieces.flatMap(({ text, from, to }) => streams[text]?.slice(from, to) ?? []));
  });
}

/** Windows that are cut once, for all epochs. One of a single token predicts nothing. */
function fixedWindows(
  { train, heldOut, batchSize, seed }: Texts,
  cut: (texts: readonly string[]) => number[][],
): TextWindows {
  const sequences = (texts: readonly string[]) =>
    cut(texts)
      .filter((ids) => ids.length > 1)
      .map(asSequence);
  const windows = sequences(train);
  const order = exampleOrder(windows.length, batchSize, seed);
  return {
    count: windows.length,
    at: (step) => order.at(step).flatMap((index) => windows[index] ?? []),
    heldOut: sequences(heldOut),
    read: "all",
  };
}

/**
 * Any stretch of the stream, drawn evenly and independently, as nanoGPT samples its batches. Held-out texts are read whole,
 * in windows that share one token, so that each of their tokens is predicted once.
 */
export function randomWindows({ train, heldOut, tokenizer, context, batchSize, seed }: Texts): TextWindows {
  const stream = streamOf(train, tokenizer);
  const places = Math.max(1, stream.length - context);
  const drawn = (step: number) => {
    const random = seededRandom(`${seed}/windows/${step}`);
    return Array.from({ length: batchSize }, () => random.int(places));
  };
  const window = (ids: readonly number[], start: number) => asSequence(ids.slice(start, start + context + 1));
  const held = streamOf(heldOut, tokenizer);
  const starts = Array.from({ length: Math.ceil((held.length - 1) / context) }, (_, index) => index * context);
  return {
    count: places,
    at: (step) => drawn(step).map((start) => window(stream, start)),
    heldOut: starts.map((start) => window(held, start)),
    read: "inputs",
  };
}

/** All texts in a row, `<|bos|> text <|eos|>` each; a tokenizer with one token for both puts one between them. */
function streamOf(texts: readonly string[], tokenizer: Tokenizer): number[] {
  const { bos, eos } = tokenizer.special;
  return texts.flatMap((text, index) => [...(bos === eos && index > 0 ? [] : [bos]), ...tokenizer.encode(text), eos]);
}

function asSequence(ids: readonly number[]): AnswerSequence {
  return { ids, answerStart: 1 };
}
