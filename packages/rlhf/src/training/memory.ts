import { totalmem } from "node:os";
import type { TensorFlow } from "@touchstone/engine";
import { learnedPositions, linearLayer } from "../model/weight-shapes.ts";
import { sizeOf } from "../model/weights.ts";
import { TrainingError } from "../training-error.ts";
import type { Note } from "./note.ts";
import type { StepPart } from "./trainee.ts";

const bytesPerFloat = 4;
const megabyte = 1e6;

/** Floats that a step keeps for each token, forward and backward. */
interface Kept {
  /** For each input and output of a linear layer. */
  readonly unit: number;
  readonly logit: number;
}

/**
 * With kernels of our own: 2.9 to 4.1 a unit were measured (`tf.profile`) on six models of both styles between 0.03 and 7 million
 * weights; a logit and its gradient.
 */
const keptByKernels: Kept = { unit: 3.5, logit: 2 };

/**
 * With stock operations, which keep what lies between them: sixteen of twenty models of both styles come out within a third of
 * what was measured, the others at .5 (a context of 256, since attention's weights are left out) to 1.5 (a hidden layer ten times as
 * wide as the model).
 */
const keptByStockOps: Kept = { unit: 9, logit: 15 };

const hasOwnKernels = (tf: TensorFlow) => tf.getBackend() === "wasm";

/** The estimate may be this much too high, so only what is beyond help is refused. */
const doubt = 1.25;

/** A WebAssembly heap ends at 4 GiB, whatever the machine has. */
const wasmHeap = 2 ** 32;

type Shapes = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/** Floats that a step keeps for each token it runs through the model. Padding comes on top. */
function activationsPerToken(model: Shapes, kept: Kept): number {
  let floats = 0;
  for (const [name, { shape }] of model) {
    const [outputs = 0, inputs = 0] = shape;
    if (shape.length !== 2 || name === learnedPositions || name.startsWith("lexical.")) continue;
    if (linearLayer(name) !== undefined) floats += kept.unit * (outputs + inputs);
    else if (name !== embedding || !model.has("lm_head.weight")) floats += kept.logit * outputs;
  }
  return floats;
}
const embedding = "model.embed_tokens.weight";

/**
 * Bytes that an update needs beside what is in the engine already, at its widest: gradients (and their sums, if there are several
 * parts) and the activations of the largest part.
 */
export function bytesOfUpdate(
  tf: TensorFlow,
  model: Shapes,
  differentiated: Shapes,
  parts: readonly Pick<StepPart, "tokens">[],
): number {
  const gradients = [...differentiated.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const tokens = Math.max(0, ...parts.map((part) => part.tokens));
  // A tied embedding is read and predicted with, and both gradients stand side by side for a moment.
  const twice = differentiated.has(embedding) ? sizeOf(differentiated.get(embedding)?.shape ?? []) : 0;
  const kept = hasOwnKernels(tf) ? keptByKernels : keptByStockOps;
  const floats = (parts.length > 1 ? 2 : 1) * gradients + twice + tokens * activationsPerToken(model, kept);
  return bytesPerFloat * floats;
}

export interface MemoryRoom {
  /** Bytes that tensors take up now: weights of all models, moments, adapters. */
  readonly held: number;
  /** Bytes that the engine can hold at all; infinite where it has no heap of its own. */
  readonly heap: number;
  /** Bytes that the machine has left now, and has altogether. */
  readonly free: number;
  readonly total: number;
}

/** Room now for one of the threads that share a run, each of which has a heap of its own and needs as much of the machine. */
export function memoryRoom(tf: TensorFlow, threads: number): MemoryRoom {
  return {
    held: tf.memory().numBytes,
    heap: hasOwnKernels(tf) ? wasmHeap : Number.POSITIVE_INFINITY,
    free: process.availableMemory() / threads,
    total: totalmem() / threads,
  };
}

/**
 * Preflight: whether an update fits, asked before the first one.
 * @param needed bytes beside what is held
 * @throws TrainingError `too_little_memory` if it can't fit; a note says if it may not
 */
export function checkMemory(needed: number, { held, heap, free, total }: MemoryRoom, note: Note): void {
  const inMegabytes = (bytes: number) => Math.round(bytes / megabyte);
  const cure = "Raise accumulate, or lower the batch size or the context.";
  const limit = Math.min(heap, total);
  if (held + needed > doubt * limit) {
    const values = { needed: inMegabytes(held + needed), available: inMegabytes(limit) };
    const where = heap < total ? "the engine's heap" : "this machine";
    throw new TrainingError(
      "too_little_memory",
      `A step takes about ${values.needed} MB, and ${where} has ${values.available} MB at most. ${cure}`,
      { values },
    );
  }
  const available = Math.min(heap - held, free);
  if (needed <= available) return;
  const values = { needed: inMegabytes(needed), available: inMegabytes(available) };
  note(`A step takes about ${values.needed} MB, and ${values.available} MB are free: it may break off. ${cure}`, {
    code: "tight_memory",
    level: "warning",
    values,
  });
}
