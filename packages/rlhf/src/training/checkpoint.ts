import { type AdamW, readSafetensors, writeSafetensors } from "@touchstone/engine";
import { z } from "zod";
import type { Files } from "../model/files.ts";
import type { Weights } from "../model/weights.ts";
import { reasoned, reasonedBy, TrainingError } from "../training-error.ts";
import { AlertState } from "./alerts.ts";
import { BestLook } from "./best-look.ts";
import type { Learned } from "./learned.ts";

/**
 * Where a run stands. Its random numbers and its place in the data are functions of the request's seed and of `step`, so these
 * two are their whole state; the few trainers that carry more name it.
 */
const Position = z.strictObject({
  format: z.literal(1),
  step: z.number().int().min(0),
  /** Hash of spec, seed, data and models. */
  request: z.string(),
  fingerprint: z.string(),
  /** What the trainer carries beside its parameters, such as PPO's β. */
  state: z.record(z.string(), z.number()).optional(),
  /** Where early stopping stands. */
  best: BestLook.optional(),
  /** What the alerts remember of the steps so far. */
  alerts: AlertState.optional(),
});
export type Position = z.infer<typeof Position>;

export function writeCheckpoint(
  position: Omit<Position, "format">,
  learned: Pick<Learned, "read">,
  optimiser: AdamW,
): Map<string, Uint8Array> {
  const moments: Weights = new Map(
    Object.entries(optimiser.state()).map(([name, values]) => [name, { shape: [values.length], values }]),
  );
  return new Map([
    ["checkpoint.json", new TextEncoder().encode(JSON.stringify({ format: 1, ...position }))],
    ["weights.safetensors", writeSafetensors(learned.read())],
    ["optimiser.safetensors", writeSafetensors(moments)],
  ]);
}

/** Whether a checkpoint was refused since it is whole but of other settings, rows or models. */
export function isOfOtherRequest(error: unknown): boolean {
  return error instanceof TrainingError && error.reason === "checkpointOfOther";
}

/**
 * Puts a checkpoint back into the model and the optimiser.
 * @returns where the run stood
 * @throws TrainingError `bad_checkpoint` if it is damaged or of another request
 */
export function readCheckpoint(
  files: Files,
  request: string,
  learned: Pick<Learned, "write">,
  optimiser: AdamW,
): Position {
  const [json, weights, moments] = ["checkpoint.json", "weights.safetensors", "optimiser.safetensors"].map((name) =>
    files.get(name),
  );
  if (!json || !weights || !moments) throw reasoned("checkpointLacksFile");
  try {
    const position = Position.parse(JSON.parse(new TextDecoder().decode(json)));
    if (position.request !== request) throw reasoned("checkpointOfOther");
    learned.write(readSafetensors(weights));
    optimiser.restore(Object.fromEntries([...readSafetensors(moments)].map(([name, { values }]) => [name, values])));
    return position;
  } catch (cause) {
    if (cause instanceof TrainingError) throw cause;
    throw reasonedBy(cause, "checkpointDamaged");
  }
}
