import type { Actor } from "../audit/record.ts";
import type { Transaction } from "../client.ts";

/** Whoever publishes a version of a guideline has read it; a command line reads nothing. */
export async function countAsReader(tx: Transaction, by: Actor, projectId: string, version: number): Promise<void> {
  if (by.id === null) return;
  await tx.$executeRaw`
    SELECT read_guideline(${by.workspaceId}::uuid, ${projectId}::uuid, ${by.id}::uuid, ${version}::int)`;
}
