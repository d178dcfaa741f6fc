import { refused, Wait } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";

/** A version of the guideline is to be read first: no wait, for whoever claims is told so and reads it. */
export const Unread = z.object({ for: z.literal("guideline"), version: z.number() });
const Row = z.object({ waits: z.array(z.union([Wait, Unread])) });

/**
 * What keeps this annotator from another task, once a claim has found none; empty where nothing is left for them.
 * @throws DomainError conflict (`unreadGuideline`) where a version of the guideline is to be read first.
 */
export async function waitsOf(db: Database, projectId: string, memberId: string): Promise<Wait[]> {
  const rows = await db.$queryRaw<unknown[]>`SELECT waits_of(${projectId}::uuid, ${memberId}::uuid) AS waits`;
  return told(Row.parse(rows[0]).waits);
}

/** @throws DomainError conflict where a version of the guideline is to be read first. */
function told(waits: z.infer<typeof Row>["waits"]): Wait[] {
  return waits.map((wait) => {
    if (wait.for === "guideline") throw refused("unreadGuideline", { version: wait.version });
    return wait;
  });
}

/** One came free between the claim and the question, or is there once the guideline was read: to be claimed. */
export const isClaimable = (waits: readonly { readonly for: string }[]) =>
  waits.some((wait) => wait.for === "claimable" || wait.for === "guideline");
