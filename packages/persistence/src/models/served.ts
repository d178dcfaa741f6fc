import { numberOfServedName, type ServedModel, servedName } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { type ModelRow, modelInclude } from "./view.ts";

/** More than anybody chooses among. */
const mostListed = 1_000;

/** Policies that can be talked to, newest first. */
export async function listServedPolicies(db: Database, workspaceId: string): Promise<ServedModel[]> {
  const rows = await db.modelVersion.findMany({
    where: { workspaceId, kind: "policy", archivedAt: null },
    select: { name: true, givenName: true, number: true, createdAt: true },
    orderBy: { id: "desc" },
    take: mostListed,
  });
  return rows.map((row) => ({
    id: servedName(row),
    object: "model",
    created: Math.floor(row.createdAt.getTime() / 1_000),
    owned_by: "touchstone",
  }));
}

/** The policy of that name or id; null where there is none. */
export async function findServedPolicy(db: Database, workspaceId: string, name: string): Promise<ModelRow | null> {
  const policies = { workspaceId, kind: "policy" as const };
  const number = numberOfServedName(name);
  if (number === null) {
    if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(name)) return null;
    return db.modelVersion.findFirst({ where: { ...policies, id: name }, include: modelInclude });
  }
  const row = await db.modelVersion.findFirst({ where: { ...policies, number }, include: modelInclude });
  // A name that another model had, or this one had before, is not answered by whatever has its number.
  return row && servedName(row) === name ? row : null;
}
