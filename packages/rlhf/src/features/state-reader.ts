import { createHash } from "node:crypto";
import type { Tensor2D } from "@tensorflow/tfjs";
import { type Engine, type TensorFlow, tokenLogProbs } from "@touchstone/engine";
import { answerRows } from "../model/answer-rows.ts";
import { type AnswerSequence, answerTokens } from "../model/answer-sequence.ts";
import { lastPositions } from "../model/batch.ts";
import { layerStates } from "../model/decoder.ts";
import { languageModelLogits, rowsOf } from "../model/heads.ts";
import type { Model } from "../model/model-files.ts";
import { openParameters, type Parameters } from "../model/parameters.ts";
import { encodeReadable } from "../reward/labelled-answers.ts";
import type { ScoredItem } from "../reward/reward-scorer.ts";
import { hearCancel } from "../training/hear-cancel.ts";
import { layersRead, packRow, rowWidth, type StateRow, unpackRow } from "./state-row.ts";

/** Keeps what was computed, by a key that says text and model: whoever asks again for the same need not wait again. */
export interface FeatureCache {
  read(key: string): Promise<Float32Array | undefined>;
  write(key: string, row: Float32Array): Promise<void>;
}

/** Told after each batch. */
export interface FeatureProgress {
  /** Answers that are done, those found in the cache included. */
  readonly done: number;
  readonly answers: number;
  /** Tokens that ran through the model so far. */
  readonly tokens: number;
}

export interface ReadOptions {
  readonly cache?: FeatureCache | undefined;
  readonly signal?: AbortSignal | undefined;
  onProgress?(progress: FeatureProgress): void | Promise<void>;
}

export interface StateReader {
  /**
   * The rows of answers, in their order; equal ones are computed once.
   * @throws TrainingError `cancelled`
   */
  read(items: readonly ScoredItem[], options?: ReadOptions): Promise<StateRow[]>;
  dispose(): void;
}

/** Part of each key: another way of computing rows makes other keys. */
const version = 1;
/** Tokens of a batch with its padding, at most, unless one answer alone has more: bounds memory. */
const batchTokens = 1_024;

/**
 * A language model that is read and never trained. Its weights enter the engine with the first answer that the cache has not.
 *
 * @param sha256 of the model, by which its rows are cached
 * @param context tokens that are read of an answer and the end of its prompt, where the model could read more
 */
export function openStateReader(
  { tf, fingerprint }: Pick<Engine, "tf" | "fingerprint">,
  { config, tokenizer, weights }: Model,
  sha256: string,
  context: number,
): StateReader {
  const most = Math.min(config.context, context);
  const keyOf = ({ prompt, text }: ScoredItem) =>
    hashOf([version, sha256, most, fingerprint, prompt.map(({ role, content }) => [role, content]), text]);
  let parameters: Parameters | undefined;
  return {
    async read(items, { cache, signal, onProgress } = {}) {
      const keys = items.map(keyOf);
      const rows = new Map<string, StateRow>();
      const missing = new Map<string, Encoded>();
      for (const [index, { prompt, text }] of items.entries()) {
        const key = keys[index] ?? "";
        if (rows.has(key) || missing.has(key)) continue;
        const row = await cache?.read(key);
        if (row?.length === rowWidth(config)) rows.set(key, unpackRow(row));
        else missing.set(key, encodeReadable(tokenizer, prompt, text, most));
      }
      const answers = rows.size + missing.size;
      let tokens = 0;
      const tell = () => onProgress?.({ done: rows.size, answers, tokens });
      await tell();
      for (const batch of batchesOf([...missing])) {
        await hearCancel(signal);
        parameters ??= openParameters(tf, weights);
        const sequences = batch.map(([, sequence]) => sequence);
        const found = stateRows({ tf, config, parameters }, sequences);
        tokens += sequences.reduce((sum, { ids }) => sum + ids.length, 0);
        for (const [index, [key]] of batch.entries()) {
          const row = found[index];
          if (!row) throw new RangeError("a batch gives a row for each of its answers");
          rows.set(key, row);
          await cache?.write(key, packRow(row));
        }
        await tell();
      }
      return keys.map((key) => {
        const row = rows.get(key);
        if (!row) throw new RangeError("every answer has its row");
        return row;
      });
    },
    dispose: () => parameters?.dispose(),
  };
}

function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

type Encoded = AnswerSequence & { readonly truncated: boolean };

/** Neighbours in length share a batch, so little is spent on padding. */
function batchesOf(rows: readonly (readonly [string, Encoded])[]): (readonly [string, Encoded])[][] {
  const sorted = rows.toSorted(([, x], [, y]) => x.ids.length - y.ids.length);
  const batches: (readonly [string, Encoded])[][] = [];
  for (const row of sorted) {
    const last = batches.at(-1);
    const { length } = row[1].ids; // the longest so far, since they are sorted
    if (last && (last.length + 1) * length <= batchTokens) last.push(row);
    else batches.push([row]);
  }
  return batches;
}

interface Network {
  readonly tf: TensorFlow;
  readonly config: Model["config"];
  readonly parameters: Parameters;
}

/** One forward pass: the states of B answers after several layers, and their likelihood. */
function stateRows({ tf, config, parameters }: Network, sequences: readonly Encoded[]): StateRow[] {
  const layers = layersRead(config);
  const rows = answerRows(sequences);
  const { batch } = rows;
  // Nothing is returned through tidy but tensors: it would search arrays number by number.
  const found = tf.tidy(() => {
    const states = layerStates(tf, parameters, config, batch, layers);
    const own = tf.tensor2d(meanWeights(sequences, batch.length), [batch.rows, batch.rows * batch.length]);
    const ends = lastPositions(batch);
    const final = states.at(-1);
    if (!final) throw new RangeError("a model has a last state");
    const logits = languageModelLogits(tf, parameters, config, rowsOf(tf, final, rows.states)); // (N, vocab)
    return {
      mean: tf.concat(
        states.map((state) => tf.matMul<Tensor2D>(own, state)),
        1,
      ), // (B, layers·d)
      last: tf.concat(
        states.map((state) => rowsOf(tf, state, ends)),
        1,
      ), // (B, layers·d)
      logProbs: tokenLogProbs(tf, logits, tf.tensor1d(rows.tokens, "int32")), // (N)
    };
  });
  const [mean, last] = [found.mean.dataSync<"float32">(), found.last.dataSync<"float32">()];
  const sums = new Float64Array(batch.rows);
  for (const [index, value] of found.logProbs.dataSync<"float32">().entries()) {
    const row = rows.sequence[index] ?? 0;
    sums[row] = (sums[row] ?? 0) + value;
  }
  tf.dispose(found);
  const size = layers.length * config.width;
  return sequences.map((sequence, row) => ({
    mean: mean.slice(row * size, (row + 1) * size),
    last: last.slice(row * size, (row + 1) * size),
    // As precise as it is cached, so that it is the same number the second time.
    logProb: Math.fround((sums[row] ?? 0) / answerTokens(sequence)),
    tokens: answerTokens(sequence),
    truncated: sequence.truncated,
  }));
}

/** Row i averages the answer's tokens of sequence i, (B, B·T) row-major. */
function meanWeights(sequences: readonly AnswerSequence[], length: number): Float32Array {
  const across = sequences.length * length;
  const weights = new Float32Array(sequences.length * across);
  for (const [row, sequence] of sequences.entries()) {
    const from = row * across + row * length;
    weights.fill(1 / answerTokens(sequence), from + sequence.answerStart, from + sequence.ids.length);
  }
  return weights;
}
