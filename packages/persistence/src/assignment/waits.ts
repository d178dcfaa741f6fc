import { Wait } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";

const Row = z.object({ waits: z.array(Wait) });

/** What keeps this annotator from another task, once a claim has found none; empty where nothing is left for them. */
export async function waitsOf(db: Database, projectId: string, memberId: string): Promise<Wait[]> {
  const rows = await db.$queryRaw<unknown[]>`SELECT waits_of(${projectId}::uuid, ${memberId}::uuid) AS waits`;
  return Row.parse(rows[0]).waits;
}

/** One came free between the claim and the question: to be claimed. */
export const isClaimable = (waits: readonly Wait[]) => waits.some((wait) => wait.for === "claimable");
