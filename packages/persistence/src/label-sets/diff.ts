import { LabelSetDiff, type LabelSetDiffQuery, refused } from "@touchstone/contracts";
import { type Wanted, whileWanted } from "../cancel-when-gone.ts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { pseudonym } from "./pseudonym.ts";
import { readLabelSetRows } from "./rows.ts";

/** It goes through two sets of millions; Prisma would otherwise end it after five seconds. */
const timeoutMs = 10 * 60_000;
/** As the rows of Browse show a prompt. */
const excerptCharacters = 200;

/**
 * What is in one label set and not in another of the same project, by why, and a page of it in the order of ids. Postgres
 * compares them, and lays on disk what does not fit into its memory.
 *
 * @param wanted where somebody waits for it: the statement under way is cancelled once nobody does any more.
 * @throws DomainError not_found, also for sets of another workspace; invalid_value for sets of two projects.
 */
export async function diffLabelSets(
  db: Database,
  workspaceId: string,
  id: string,
  query: LabelSetDiffQuery,
  wanted?: Wanted,
): Promise<LabelSetDiff> {
  return db.$transaction((tx) => whileWanted(tx, wanted, () => diff(tx, workspaceId, id, query)), {
    timeout: timeoutMs,
  });
}

async function diff(
  tx: Transaction,
  workspaceId: string,
  id: string,
  { against, why, cursor, limit }: LabelSetDiffQuery,
): Promise<LabelSetDiff> {
  const where = { workspaceId, project: { deletedAt: null } };
  const found = await tx.labelSet.findMany({ where: { ...where, id: { in: [id, against] } } });
  const [set, other] = [id, against].map((one) => found.find((row) => row.id === one));
  if (!set || !other) throw refused("notThere", { kind: "labelSet" });
  if (set.projectId !== other.projectId) throw refused("labelSetsOfTwoProjects", { at: "against" });
  const [told] = await tx.$queryRaw<{ same: number; counts: object | null; items: Row[] | null }[]>`
    WITH differing AS MATERIALIZED (${differing(id, against, other.createdAt)}), page AS (
      SELECT d.* FROM differing d
      WHERE (${why ?? null}::text IS NULL OR d.why = ${why ?? null}) AND d.id > ${cursor ?? zero}::uuid
      ORDER BY d.id LIMIT ${limit + 1})
    SELECT (SELECT count(*) FROM label_set_item i WHERE i.label_set_id = ${id}::uuid)::int
        - (SELECT count(*) FROM differing d WHERE d.is_new)::int AS same,
      (SELECT jsonb_object_agg(c.why, c.count) FROM (SELECT d.why, count(*) FROM differing d GROUP BY 1) c) AS counts,
      (SELECT jsonb_agg(jsonb_build_object('why', x.why, 'judgementId', x.id, 'replaced', x.replaced, 'itemId', j.task_id,
          'memberId', j.member_id, 'excerpt', CASE WHEN ${isBlurred} THEN NULL
            ELSE left(coalesce(p.messages -> -1 ->> 'content', ''), ${excerptCharacters}::int) END,
          'at', to_char(j.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY x.id)
        FROM page x JOIN judgement j ON j.id = x.id JOIN task t ON t.id = j.task_id JOIN prompt p ON p.id = t.prompt_id
        JOIN project o ON o.id = j.project_id) AS items`;
  const rows = told?.items ?? [];
  const items = rows
    .slice(0, limit)
    .map(({ memberId, ...row }) => ({ ...row, annotator: pseudonym(workspaceId, memberId) }));
  const sides = await readLabelSetRows(tx, Prisma.sql`s.id = ANY (${[id, against]}::uuid[])`);
  return LabelSetDiff.parse({
    set: sides.find((side) => side.id === id),
    against: sides.find((side) => side.id === against),
    same: told?.same ?? 0,
    counts: Object.entries(told?.counts ?? {}).map(([reason, count]) => ({ why: reason, count })),
    items,
    next: rows.length > limit ? (items.at(-1)?.judgementId ?? null) : null,
  });
}

interface Row {
  readonly judgementId: string;
  readonly memberId: string;
}

const zero = "00000000-0000-0000-0000-000000000000";
const isBlurred = Prisma.sql`CASE o.blur WHEN 'everything' THEN true WHEN 'never' THEN false ELSE p.sensitive END`;

/**
 * Each difference once. What one person said of one item in both, and not in the same words, is one of them: `revised`. Of
 * what a file brought there may be several, which are paired in their order.
 */
function differing(id: string, against: string, frozenAt: Date): Prisma.Sql {
  const onlyIn = (one: string, other: string) => Prisma.sql`
    SELECT j.id, j.member_id, j.task_id, j.project_id, j.created_at,
      row_number() OVER (PARTITION BY j.member_id, j.task_id ORDER BY j.id) AS turn
    FROM label_set_item i JOIN judgement j ON j.id = i.judgement_id
    WHERE i.label_set_id = ${one}::uuid AND NOT EXISTS (
      SELECT FROM label_set_item o WHERE o.label_set_id = ${other}::uuid AND o.judgement_id = i.judgement_id)`;
  return Prisma.sql`
    SELECT coalesce(n.id, o.id) AS id, CASE WHEN n.id IS NOT NULL THEN o.id END AS replaced, n.id IS NOT NULL AS is_new,
      CASE
        WHEN n.id IS NOT NULL AND o.id IS NOT NULL THEN 'revised'
        WHEN n.created_at > ${frozenAt} THEN 'new'
        WHEN n.id IS NOT NULL THEN 'chosen'
        WHEN EXISTS (SELECT FROM left_out l WHERE l.judgement_id = o.id) OR EXISTS (SELECT FROM left_out l WHERE l.task_id = o.task_id)
          OR EXISTS (SELECT FROM left_out l WHERE l.project_id = o.project_id AND l.member_id = o.member_id) THEN 'left_out'
        WHEN EXISTS (SELECT FROM judgement s WHERE s.supersedes_id = o.id) THEN 'retracted'
        ELSE 'unchosen'
      END AS why
    FROM (${onlyIn(id, against)}) n FULL JOIN (${onlyIn(against, id)}) o
      ON o.member_id = n.member_id AND o.task_id = n.task_id AND o.turn = n.turn`;
}
