import { reasoned } from "../training-error.ts";

/** A weight is read as a float32, and written again beside it. */
const bytesPerWeight = 8;
/** Neither a file in memory nor the heap of WebAssembly holds more than 4 GiB of weights. */
const mostBytes = 2 ** 33;
const megabyte = 1e6;

/**
 * Asked before a model's weights are read.
 * @param available bytes that the machine has left
 * @throws TrainingError `bad_model_files` naming the bytes that are needed and those that are there
 */
export function checkRoom(file: string, weights: number, available = process.availableMemory()): void {
  const [needed, there] = [bytesPerWeight * weights, Math.min(available, mostBytes)];
  if (needed <= there) return;
  const inMegabytes = (bytes: number) => Math.round(bytes / megabyte);
  throw reasoned("modelTooLarge", { file, weights, needed: inMegabytes(needed), there: inMegabytes(there) });
}
