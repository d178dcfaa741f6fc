import { hostname } from "node:os";
import { assertProductionSecrets } from "@touchstone/contracts";
import { OutgoingAllow } from "@touchstone/outgoing";
import { z } from "zod";

/** Half of what is free at the start, and no more than the engine's heap holds beside a step's own tensors. */
function defaultServingBytes(): number {
  return Math.min(Math.floor(process.availableMemory() / 2), 3_000_000_000);
}

const Environment = z.object({
  DATABASE_URL: z.string().min(1),
  REDIS_URL: z.string().min(1),
  /** Where models and checkpoints lie; every worker and the seed must see the same folder. */
  TOUCHSTONE_FILES_DIR: z.string().min(1),
  /** What this machine has and does: a GPU worker says `cpu,gpu`, and one that says `serve` answers with registered models. */
  TOUCHSTONE_CAPABILITIES: z
    .string()
    .default("cpu,serve")
    .transform((list) => list.split(",").map((name) => name.trim()))
    .pipe(z.array(z.enum(["cpu", "gpu", "serve"])).min(1)),
  TOUCHSTONE_ENGINE: z.enum(["auto", "node-gpu", "node", "native", "wasm", "cpu"]).default("auto"),
  /** Threads that share each step of a run: about as many times faster, and each holds the model. Other numbers, other last bits. */
  TOUCHSTONE_TRAINING_THREADS: z.coerce.number().int().min(1).max(64).default(1),
  /** Bytes for all models together that a worker keeps in memory to serve them. */
  TOUCHSTONE_SERVING_BYTES: z.coerce.number().int().positive().default(defaultServingBytes()),
  /** The API's own secret, by which keys of endpoints are sealed; without it their runs end and say so. */
  TOUCHSTONE_SECRET: z.string().optional(),
  /** What of the own network may be asked when people name addresses: as in the API's environment. */
  TOUCHSTONE_OUTGOING_ALLOW: OutgoingAllow,
  LOG_LEVEL: z.string().default("info"),
});
export type Environment = z.infer<typeof Environment>;

/** Parsed once, at boot. @throws when something is missing, naming every variable at fault. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  assertProductionSecrets(variables);
  const parsed = Environment.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new Error(`The worker's environment is not complete:\n${z.prettifyError(parsed.error)}`);
}

export const workerName = `${hostname()}:${process.pid}`;
