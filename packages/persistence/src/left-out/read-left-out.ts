import type { LeftOutReason } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { type FrozenJudgement, readJudgementsBy } from "../label-sets/read-judgements.ts";

/** A judgement that stands and does not count, with the kind of reason. */
export interface LeftOutJudgement extends FrozenJudgement {
  readonly leftOut: LeftOutReason;
}

interface Reason {
  readonly id: string;
  readonly reason: LeftOutReason;
}

/**
 * The judgements of a project that stand and are left out, in the order of their ids, each with the kind of its reason; as
 * they stand when this begins.
 */
export async function* readLeftOut(
  db: Database,
  projectId: string,
  includeSimulated: boolean,
): AsyncGenerator<LeftOutJudgement> {
  const found = await db.$queryRaw<Reason[]>`
    SELECT o.id, o.reason FROM left_out_judgement o
    WHERE o.project_id = ${projectId}::uuid AND (${includeSimulated} OR o.source <> 'simulated')`;
  const reasonOf = new Map(found.map(({ id, reason }) => [id, reason]));
  // In small letters and of one length, so that they sort as Postgres sorts them.
  const ids = [...reasonOf.keys()].sort();
  const places = new Map(ids.map((id, place) => [id, place]));
  const batches = readJudgementsBy(db, (after, size) => {
    const start = (places.get(after) ?? -1) + 1;
    return Prisma.sql`SELECT id FROM unnest(${ids.slice(start, start + size)}::uuid[]) AS found (id) ORDER BY id`;
  });
  for await (const batch of batches) {
    for (const judgement of batch) {
      const leftOut = reasonOf.get(judgement.judgementId);
      if (leftOut) yield { ...judgement, leftOut };
    }
  }
}
