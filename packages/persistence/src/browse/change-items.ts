import { type ItemChange, ItemLeft, type ItemSelection, type ItemsChanged } from "@touchstone/contracts";
import { z } from "zod";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { assertProject } from "../projects/queries.ts";
import { selectedIds } from "./selection.ts";

/** The most that `task_overlap_range` lets a task want. */
const mostOverlap = 100;
/** Thousands of tasks with their leases; Prisma would otherwise end the transaction after five seconds. */
const timeoutMs = 60_000;

interface Asked {
  readonly selection: ItemSelection;
  readonly change: ItemChange;
  readonly preview: boolean;
}

/**
 * Does one thing to each selected item, or says only what that would change: all in one transaction, or nothing. Items of
 * other projects and workspaces are as good as gone. Answers that people have under way are taken, whatever is changed.
 *
 * @throws DomainError not_found for a project of another workspace; conflict for a selection of too many.
 */
export async function changeItems(
  db: Database,
  by: MemberActor,
  projectId: string,
  { selection, change, preview }: Asked,
): Promise<ItemsChanged> {
  await assertProject(db, by.workspaceId, projectId);
  const ids = await selectedIds(db, projectId, selection);
  return db.$transaction(
    async (tx) => {
      if (!preview && change.kind === "batch") await shareBatch(tx, by.workspaceId, projectId, change.batch);
      // Locked before the leases are read, each by its own snapshot, and in one order: nobody waits in a ring.
      if (!preview) {
        await tx.$queryRaw`
          SELECT FROM task t WHERE t.id = ANY (${ids}::uuid[]) AND t.project_id = ${projectId}::uuid
          ORDER BY t.id FOR NO KEY UPDATE`;
      }
      const standing = await readStanding(tx, projectId, ids, change);
      const chosen = standing.flatMap(({ id, why }) => (why === null ? [id] : []));
      if (!preview && chosen.length > 0) {
        await makeChange(tx, chosen, change);
        const { kind, ...how } = change;
        const batch = "batch" in how ? how.batch : undefined;
        await recordAudit(tx, by, "items.changed", projectId, { kind, batch, tasks: chosen.length });
      }
      return { selected: ids.length, changed: chosen.length, left: leftBehind(standing, ids.length) };
    },
    { timeout: timeoutMs },
  );
}

async function makeChange(tx: Transaction, ids: readonly string[], change: ItemChange): Promise<void> {
  if (change.kind === "mark" || change.kind === "unmark") return markPrompts(tx, ids, change.kind === "mark");
  await tx.$executeRaw`UPDATE task t SET ${assignments(change)} WHERE t.id = ANY (${ids}::uuid[])`;
}

/** What is sensitive is a prompt, so all tasks of it go with those chosen, and no import has a say any more. Locked in one order: nobody waits in a ring. */
async function markPrompts(tx: Transaction, ids: readonly string[], sensitive: boolean): Promise<void> {
  await tx.$executeRaw`
    UPDATE prompt SET sensitive = ${sensitive}, sensitive_by = '{}' WHERE id IN (
      SELECT p.id FROM prompt p WHERE p.id IN (SELECT t.prompt_id FROM task t WHERE t.id = ANY (${ids}::uuid[]))
      ORDER BY p.id FOR NO KEY UPDATE)`;
}

/** Every batch has its row, and whoever pauses or ends one waits for those who add to it. */
async function shareBatch(tx: Transaction, workspaceId: string, projectId: string, number: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO batch (workspace_id, project_id, number)
    VALUES (${workspaceId}::uuid, ${projectId}::uuid, ${number}::int) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`
    SELECT FROM batch WHERE project_id = ${projectId}::uuid AND number = ${number}::int FOR SHARE`;
}

const Standing = z.object({ id: z.uuid(), why: ItemLeft.nullable() });
type Standing = z.infer<typeof Standing>;

/** Each item that is there, and why it is to be left as it is, if it is. */
async function readStanding(tx: Transaction, projectId: string, ids: readonly string[], change: ItemChange) {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT t.id, CASE ${reasons(change)} END AS why
    FROM task t WHERE t.id = ANY (${ids}::uuid[]) AND t.project_id = ${projectId}::uuid`;
  return z.array(Standing).parse(rows);
}

function reasons(change: ItemChange): Prisma.Sql {
  switch (change.kind) {
    case "reopen":
      return Prisma.sql`
        WHEN t.evaluation_id IS NOT NULL THEN 'evaluation'
        WHEN t.state = 'paused' THEN 'paused'
        WHEN t.state = 'open' THEN 'open'
        WHEN t.state <> 'full' THEN 'batch'
        WHEN t.overlap + ${change.more}::int > ${mostOverlap}::int THEN 'tooMany'`;
    case "pause":
      return Prisma.sql`
        WHEN t.evaluation_id IS NOT NULL THEN 'evaluation'
        WHEN t.state = 'paused' THEN 'already'
        WHEN t.state = 'ended' THEN 'batch'`;
    case "resume":
      return Prisma.sql`
        WHEN t.state IN ('waiting', 'ended') THEN 'batch'
        WHEN t.state <> 'paused' THEN 'already'
        WHEN EXISTS (SELECT FROM completion c WHERE c.id = ANY (t.completion_ids) AND c.text IS NULL AND c.media IS NULL)
          THEN 'withoutText'`;
    case "batch":
      return Prisma.sql`WHEN t.batch = ${change.batch}::int THEN 'already'`;
    case "mark":
    case "unmark":
      return Prisma.sql`WHEN EXISTS (
        SELECT FROM prompt p WHERE p.id = t.prompt_id AND p.sensitive = ${change.kind === "mark"}) THEN 'already'`;
  }
}

function assignments(change: Exclude<ItemChange, { kind: "mark" | "unmark" }>): Prisma.Sql {
  switch (change.kind) {
    case "reopen":
      return Prisma.sql`overlap = t.overlap + ${change.more}::int, state = freed_state(t.project_id, t.batch)`;
    case "pause":
      return Prisma.sql`state = 'paused'`;
    case "resume":
      return Prisma.sql`state = CASE WHEN cardinality(free_slots(t.id, t.overlap)) > 0
        THEN freed_state(t.project_id, t.batch) ELSE 'full' END`;
    case "batch":
      // What waits or has ended did so with the batch that it leaves.
      return Prisma.sql`batch = ${change.batch}::int, state = CASE WHEN t.state IN ('open', 'waiting', 'ended')
        THEN freed_state(t.project_id, ${change.batch}::int) ELSE t.state END`;
  }
}

function leftBehind(standing: readonly Standing[], selected: number): ItemsChanged["left"] {
  const counts = new Map<ItemLeft, number>();
  for (const { why } of standing) if (why !== null) counts.set(why, (counts.get(why) ?? 0) + 1);
  if (standing.length < selected) counts.set("gone", selected - standing.length);
  return [...counts].map(([why, count]) => ({ why, count })).toSorted((one, other) => other.count - one.count);
}
