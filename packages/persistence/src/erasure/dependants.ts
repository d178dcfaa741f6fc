import { createHash } from "node:crypto";
import { PersonDependants, refused } from "@touchstone/contracts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";

/**
 * All that depends on a person, at one instant, before they are erased; it counts what is stored, so it takes as long as
 * that is much.
 *
 * @throws DomainError not_found, also for a member of another workspace or one who is erased already; conflict for a
 * simulated annotator, who is nobody.
 */
export async function findPersonDependants(
  db: Database | Transaction,
  workspaceId: string,
  memberId: string,
): Promise<PersonDependants> {
  const member = await findErasable(db, workspaceId, memberId);
  const [counts] = await db.$queryRaw<object[]>`${countsOf(workspaceId, memberId)}`;
  const projects = await db.$queryRaw<object[]>`
    SELECT p.id, p.name, g.judgements FROM (
      SELECT j.project_id AS id, count(*)::int AS judgements FROM judgement j
      WHERE j.member_id = ${memberId}::uuid AND j.kind = 'answer' GROUP BY 1) g
    JOIN project p ON p.id = g.id WHERE p.deleted_at IS NULL ORDER BY p.id`;
  const labelSets = await db.$queryRaw<{ id: string }[]>`
    SELECT s.id, s.sha256, coalesce((s.counts ->> 'judgements')::int, 0) AS judgements, g.going,
      to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM (SELECT i.label_set_id AS id, count(*)::int AS going FROM judgement j JOIN label_set_item i ON i.judgement_id = j.id
      WHERE j.member_id = ${memberId}::uuid GROUP BY 1) g
    JOIN label_set s ON s.id = g.id ORDER BY s.id`;
  const sets = labelSets.map(({ id }) => id);
  const runs = await db.$queryRaw<object[]>`
    SELECT r.id, r.name, r.number, r.kind::text AS kind, r.state IN ('waiting', 'queued', 'running') AS "underWay"
    FROM run r WHERE r.workspace_id = ${workspaceId}::uuid AND r.label_set_id = ANY (${sets}::uuid[]) ORDER BY r.id`;
  const models = await db.$queryRaw<object[]>`
    SELECT v.id, v.name, v.number, v.kind::text AS kind FROM model_version v
    WHERE v.workspace_id = ${workspaceId}::uuid AND v.label_set_id = ANY (${sets}::uuid[]) ORDER BY v.number`;
  const evaluations = await db.$queryRaw<object[]>`
    SELECT e.id, coalesce(e.name, c.name) AS candidate, b.name AS baseline, g.judgements FROM (
      SELECT t.evaluation_id AS id, count(*)::int AS judgements FROM judgement j JOIN task t ON t.id = j.task_id
      WHERE j.member_id = ${memberId}::uuid AND j.kind = 'answer' AND t.evaluation_id IS NOT NULL GROUP BY 1) g
    JOIN evaluation e ON e.id = g.id JOIN model_version b ON b.id = e.baseline_id
    LEFT JOIN model_version c ON c.id = e.candidate_id ORDER BY e.id`;
  const { userId, ...told } = member;
  const elsewhere = userId !== null && (await db.member.count({ where: { userId } })) > 1;
  const named = { member: told, elsewhere, projects, labelSets, runs, models, evaluations };
  return PersonDependants.parse({ ...named, counts, stamp: stampOf(named) });
}

/** @throws DomainError not_found; conflict for a simulated annotator. */
async function findErasable(db: Database | Transaction, workspaceId: string, id: string) {
  const row = await db.member.findFirst({
    where: { workspaceId, id, erasedAt: null },
    select: { id: true, name: true, kind: true, userId: true, user: { select: { email: true } } },
  });
  if (!row) throw refused("notThere", { kind: "member" });
  if (row.kind === "simulated") throw refused("erasesNobody", { name: row.name });
  const { user, ...member } = row;
  return { ...member, email: user?.email ?? null };
}

function countsOf(workspaceId: string, memberId: string): Prisma.Sql {
  const many = (table: string, column: string, further = Prisma.empty) => Prisma.sql`
    (SELECT count(*)::int FROM ${Prisma.raw(table)} x WHERE x.${Prisma.raw(column)} = ${memberId}::uuid ${further})`;
  return Prisma.sql`
    SELECT ${many("judgement", "member_id", Prisma.sql`AND x.kind = 'answer'`)} AS judgements,
      (SELECT count(*) FILTER (WHERE l.state = 'skipped' OR l.skipped_at IS NOT NULL)::int FROM lease l
        WHERE l.workspace_id = ${workspaceId}::uuid AND l.member_id = ${memberId}::uuid) AS skips,
      ${many("lease", "member_id", Prisma.sql`AND x.state = 'held'`)} AS held,
      ${many("inquiry", "member_id")} AS inquiries, ${many("inquiry", "answered_by_id")} AS answers,
      (SELECT count(*)::int FROM left_out x WHERE x.note <> ''
        AND (x.member_id = ${memberId}::uuid OR x.created_by_id = ${memberId}::uuid)) AS notes,
      ${many("saved_view", "member_id")} AS views, ${many("import", "member_id")} AS imports,
      (SELECT count(*)::int FROM audit_event e WHERE e.workspace_id = ${workspaceId}::uuid
        AND e.member_id = ${memberId}::uuid AND e.action = 'export.opened') AS exports,
      ${many("session", "member_id")} AS sessions,
      ${many("api_token", "member_id", Prisma.sql`AND x.revoked_at IS NULL`)} AS tokens,
      ${many("link", "created_by_id")} AS links,
      (SELECT count(*)::int FROM audit_event e WHERE e.workspace_id = ${workspaceId}::uuid
        AND (e.member_id = ${memberId}::uuid OR e.subject = ${memberId}::text)) AS audit`;
}

/** What must be as it was shown; what people do meanwhile would make every list old, so no number is in it. */
function stampOf(named: {
  readonly member: object;
  readonly projects: readonly object[];
  readonly labelSets: readonly { readonly id: string }[];
  readonly runs: readonly object[];
  readonly models: readonly object[];
  readonly evaluations: readonly object[];
}): string {
  const ids = (rows: readonly object[]) => rows.map((row) => ("id" in row ? row.id : null));
  const { member, projects, labelSets, runs, models, evaluations } = named;
  const known = [member, ids(projects), ids(labelSets), runs, ids(models), ids(evaluations)];
  return createHash("sha256").update(JSON.stringify(known)).digest("hex").slice(0, 32);
}
