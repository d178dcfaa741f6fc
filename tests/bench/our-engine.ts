import { type Engine, engineNames, openEngine } from "@touchstone/engine";
import { z } from "zod";

/** Which engine a measured program shall run on, and how many threads share a step. */
export const EngineChoice = z.strictObject({ engine: z.string(), workers: z.number().int().min(1) });
export type EngineChoice = z.infer<typeof EngineChoice>;

/** Opens that engine and no slower one in its place. @returns the reason where it can't be had */
export async function openChosen({ engine: asked, workers }: EngineChoice): Promise<Engine | string> {
  const prefer = engineNames.find((name) => name === asked);
  if (prefer === undefined) return `there is no engine called ${asked}`;
  const engine = await openEngine({ prefer, workers });
  if (engine.backend !== prefer) return engine.reason;
  return engine;
}

/** "wasm, 2 workers" */
export function labelOf({ engine, workers }: EngineChoice): string {
  return `${engine}, ${workers} worker${workers === 1 ? "" : "s"}`;
}
