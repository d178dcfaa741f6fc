import { Timings } from "@touchstone/contracts";
import { isFasterThanReading, lettersOf } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { fasterThanReading } from "../figures/reading-speed.ts";
import type { FrozenJudgement } from "../label-sets/read-judgements.ts";

/** A judgement with what its timings say of reading; null where they say nothing. */
export type PacedJudgement = FrozenJudgement & { readonly fasterThanReading: boolean | null };

/**
 * Says of each judgement of a batch whether it was made faster than anybody reads. The database is asked only of those that
 * would have been if all of their texts had been new, which are few: what was new to whom stands there.
 */
export async function withPace(db: Database, batch: readonly FrozenJudgement[]): Promise<PacedJudgement[]> {
  const perhaps = batch.filter(mayBeFaster).map(({ judgementId }) => judgementId);
  const fast = await fasterThanReading(db, perhaps);
  // Into the objects themselves: spreading them costs more than all the rest of an export.
  return batch.map((judgement) => {
    const said = judgement.source === "person" && judgement.timings !== null && !judgement.repeat;
    return Object.assign(judgement, { fasterThanReading: said ? fast.has(judgement.judgementId) : null });
  });
}

function mayBeFaster({ source, repeat, timings, completions }: FrozenJudgement): boolean {
  if (source !== "person" || repeat) return false;
  const visibleMs = Timings.safeParse(timings).data?.visibleMs;
  if (visibleMs === undefined) return false;
  // A text of so few bytes can't have more letters than time allows: three for each of its code units at most.
  const longest = completions.reduce((sum, { text }) => sum + 3 * (text?.length ?? 0), 0);
  if (!isFasterThanReading(visibleMs, longest)) return false;
  return isFasterThanReading(
    visibleMs,
    completions.reduce((sum, { text }) => sum + lettersOf(text ?? ""), 0),
  );
}
