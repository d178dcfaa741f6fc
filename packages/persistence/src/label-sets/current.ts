import type { NormalForm } from "@touchstone/contracts";
import { normalise } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import type { LabelSetScope } from "./freeze.ts";
import { readJudgementsBy } from "./read-judgements.ts";
import { unreadIn } from "./stream.ts";

type Scope = Pick<LabelSetScope, "workspaceId" | "projectId" | "includeSimulated">;

/** The judgements that a label set would hold if it were frozen now. */
function countingNow({ workspaceId, projectId, includeSimulated }: Scope): Prisma.Sql {
  return Prisma.sql`effective_judgement e
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.project_id = ${projectId}::uuid
      AND (${includeSimulated} OR e.source <> 'simulated') AND e.evaluation_id IS NULL`;
}

/**
 * Changes whenever those judgements do: an undo takes one away, a new one brings the newest id, and what is left out is
 * known by the newest of its rows.
 */
export async function currentLabelsVersion(db: Database, scope: Scope): Promise<string> {
  const [row] = await db.$queryRaw<{ count: bigint; last: string | null; left: string | null }[]>`
    SELECT count(*) AS count, max(e.id::text) AS last,
      (SELECT max(o.id::text) FROM left_out o WHERE o.project_id = ${scope.projectId}::uuid) AS left
    FROM ${countingNow(scope)}`;
  const version = `${row?.count ?? 0}.${row?.last ?? "none"}`;
  return row?.left ? `${version}.${row.left}` : version;
}

export interface CurrentLabels {
  /** Judgements that there are, and how many of them are here. */
  readonly total: number;
  readonly looked: number;
  /** What a run launched now would read of these, in no order that means anything. */
  readonly forms: readonly NormalForm[];
}

/** All judgements that count now, or, of more than `most`, an even sample that is the same at each look. Nothing is frozen. */
export async function sampleCurrentLabels(db: Database, scope: Scope, most: number): Promise<CurrentLabels> {
  const picked = await db.$queryRaw<{ id: string; total: bigint }[]>`
    SELECT e.id, count(*) OVER () AS total FROM ${countingNow(scope)} ORDER BY md5(e.id::text) LIMIT ${most}`;
  const place = new Map(picked.map(({ id }, index) => [id, index]));
  const ids = [...place.keys()];
  const batch = (after: string, size: number) => Prisma.sql`
    SELECT id FROM unnest(${ids}::uuid[]) AS picked (id) WHERE id > ${after}::uuid ORDER BY id LIMIT ${size}`;
  const read: { judgementId: string; forms: readonly NormalForm[] }[] = [];
  for await (const judgements of readJudgementsBy(db, batch)) {
    for (const judgement of judgements) {
      // As `streamLabelSet` has it.
      if (unreadIn(judgement) !== null) continue;
      const normalised = normalise(judgement);
      if ("forms" in normalised) read.push({ judgementId: judgement.judgementId, forms: normalised.forms });
    }
  }
  // By their hashes again, so that whoever stops half way has seen old and new ones alike.
  read.sort((one, other) => (place.get(one.judgementId) ?? 0) - (place.get(other.judgementId) ?? 0));
  return { total: Number(picked[0]?.total ?? 0), looked: picked.length, forms: read.flatMap(({ forms }) => forms) };
}
