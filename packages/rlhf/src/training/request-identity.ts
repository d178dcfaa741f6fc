import { createHash } from "node:crypto";
import type { TrainerRequest } from "./request.ts";

/**
 * SHA-256 of everything that decides a run's result apart from the engine: spec, seed, data and models. A checkpoint carries
 * it, so that it can't be continued with other data by mistake.
 */
export function requestSha256({ spec, seed, data, models, judge }: TrainerRequest) {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([spec, seed, judge?.name]));
  const { texts, demonstrations, comparisons, ratings, answers, prompts, heldOutTexts, testTexts, rankings, unpaired } =
    data;
  // Named only where there are any, so that runs from before there could be keep their identity.
  const rest = [heldOutTexts, testTexts, rankings, unpaired].filter((rows) => rows !== undefined);
  for (const rows of [texts, demonstrations, comparisons, ratings, answers, prompts, ...rest]) {
    hash.update("\n");
    for (const row of rows ?? []) hash.update(`${JSON.stringify(row)}\n`);
  }
  for (const model of [models.policy, models.reference, models.reward]) {
    hash.update("\n");
    for (const [name, bytes] of [...(model ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${name} ${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest("hex");
}
