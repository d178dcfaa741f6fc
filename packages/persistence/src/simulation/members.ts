import type { Database } from "../client.ts";

export interface SimulatedMember {
  memberId: string;
  /** Decides the annotator's habits, see packages/practice. */
  externalId: string;
}

/** Members that no person stands behind, made once for each external id; they can never sign in. */
export async function simulatedMembers(
  db: Database,
  workspaceId: string,
  annotators: { externalId: string; name: string }[],
): Promise<SimulatedMember[]> {
  await db.member.createMany({
    data: annotators.map((annotator) => ({
      ...annotator,
      workspaceId,
      kind: "simulated" as const,
      role: "annotator" as const,
    })),
    skipDuplicates: true,
  });
  const rows = await db.member.findMany({
    where: { workspaceId, kind: "simulated", externalId: { in: annotators.map((annotator) => annotator.externalId) } },
    orderBy: { externalId: "asc" },
  });
  return rows.flatMap((row) => (row.externalId ? [{ memberId: row.id, externalId: row.externalId }] : []));
}
