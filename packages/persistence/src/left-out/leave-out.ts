import { type LeaveOutDraft, type LeaveOutTold, refused } from "@touchstone/contracts";
import { type MemberActor, recordAudit } from "../audit/record.ts";
import { type Database, newId, type Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { promise } from "../outbox/promise.ts";
import { assertProject } from "../projects/queries.ts";
import { columnOf, findSubject, type Subject } from "./subject.ts";

/** The most that `task_overlap_range` lets a task want. */
const mostOverlap = 100;
/** Tasks whose number one command raises, as with selections. */
const mostReplaced = 10_000;
/** A person may have made hundreds of thousands of judgements; Prisma would otherwise end it after five seconds. */
const timeoutMs = 60_000;

/**
 * Leaves things out of exports, figures and training, or says only what that would do; all in one transaction, or nothing.
 * No judgement changes and none loses its place at its task: only where replacements are asked for a task wants one more.
 *
 * @throws DomainError not_found for what is not there or of another workspace; conflict for a selection of too many, or too
 * many replacements.
 */
export async function leaveOut(
  db: Database,
  by: MemberActor,
  projectId: string,
  { what, reason, note, preview }: LeaveOutDraft,
): Promise<LeaveOutTold> {
  await assertProject(db, by.workspaceId, projectId);
  const subject = await findSubject(db, by.workspaceId, projectId, what);
  const replace = "replace" in what && what.replace;
  return db.$transaction(
    async (tx) => {
      // Whoever leaves out or puts back in this project waits, so that each count is of one state.
      if (!preview) await queueForLeavingOut(tx, projectId);
      const counted = await countOf(tx, subject);
      const places = replace ? await placesFor(tx, subject, !preview) : { wanted: [], without: 0 };
      const told = { ...counted, gone: subject.gone, ...sumOf(places) };
      if (preview || counted.changed === 0) return told;
      await giveMore(tx, places.wanted);
      await tx.$executeRaw`
        INSERT INTO left_out (workspace_id, project_id, ${columnOf[subject.kind]}, act_id, reason, note, created_by_id)
        SELECT ${by.workspaceId}::uuid, ${projectId}::uuid, thing.id, ${await newId(db)}::uuid, ${reason}, ${note}, ${by.id}::uuid
        FROM unnest(${[...subject.ids]}::uuid[]) AS thing (id) ON CONFLICT DO NOTHING`;
      // Figures are told anew, by every API.
      await promise(tx, "judged", projectId);
      const { changed, judgements } = told;
      const [only] = subject.ids;
      const detail = { kind: subject.kind, reason, note: note || undefined, judgements, replaced: told.replaced };
      const about = subject.kind === "item" ? { tasks: changed, projectId } : { projectId };
      await recordAudit(tx, by, "leftOut.added", subject.ids.length === 1 && only ? only : projectId, {
        ...detail,
        ...about,
      });
      return told;
    },
    { timeout: timeoutMs },
  );
}

/** Commands that change what is left out of a project come one after another. */
export async function queueForLeavingOut(tx: Transaction, projectId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('left out ' || ${projectId}, 0))`;
}

async function countOf(
  tx: Transaction,
  { projectId, kind, ids, judgements }: Subject,
): Promise<Pick<LeaveOutTold, "changed" | "already" | "judgements" | "labelSets">> {
  const [row] = await tx.$queryRaw<{ already: number; judgements: number; labelSets: number }[]>`
    WITH counting AS MATERIALIZED (SELECT e.id FROM effective_judgement e WHERE ${judgements})
    SELECT (SELECT count(*) FROM left_out o
        WHERE o.project_id = ${projectId}::uuid AND o.${columnOf[kind]} = ANY (${[...ids]}::uuid[]))::int AS already,
      (SELECT count(*) FROM counting)::int AS judgements,
      (SELECT count(DISTINCT i.label_set_id) FROM label_set_item i JOIN counting c ON c.id = i.judgement_id)::int AS "labelSets"`;
  const { already, ...counts } = row ?? { already: 0, judgements: 0, labelSets: 0 };
  return { changed: ids.length - already, already, ...counts };
}

/** Tasks that can want more judgements, with how many; and judgements of tasks that can't. */
interface Places {
  readonly wanted: readonly { readonly taskId: string; readonly more: number }[];
  readonly without: number;
}

/**
 * Where the judgements that no longer count could be made again. Pairs of evaluations keep their number, and no task wants
 * more than the most that one may.
 *
 * @param lock whether these tasks are about to be changed. In one order, so that nobody waits in a ring.
 * @throws DomainError conflict for more tasks than one command changes.
 */
async function placesFor(tx: Transaction, { judgements }: Subject, lock: boolean): Promise<Places> {
  const rows = await tx.$queryRaw<{ taskId: string; lost: number; more: number }[]>`
    WITH lost AS MATERIALIZED (
      SELECT e.task_id AS id, count(*)::int AS count FROM effective_judgement e WHERE ${judgements} GROUP BY e.task_id
      LIMIT ${mostReplaced + 1}::int)
    SELECT t.id AS "taskId", lost.count AS lost,
      CASE WHEN t.evaluation_id IS NULL THEN least(lost.count, ${mostOverlap}::int - t.overlap) ELSE 0 END AS more
    FROM task t JOIN lost ON lost.id = t.id ORDER BY t.id ${lock ? Prisma.sql`FOR NO KEY UPDATE OF t` : Prisma.empty}`;
  if (rows.length > mostReplaced) throw refused("tooMuchToReplace", { limit: mostReplaced });
  return {
    wanted: rows.filter(({ more }) => more > 0),
    without: rows.reduce((sum, { lost, more }) => sum + lost - more, 0),
  };
}

function sumOf({ wanted, without }: Places): Pick<LeaveOutTold, "replaced" | "notReplaced"> {
  return { replaced: wanted.reduce((sum, { more }) => sum + more, 0), notReplaced: without };
}

/** Full tasks open again, where their batch lets them; paused ones want more and stay paused. */
async function giveMore(tx: Transaction, wanted: Places["wanted"]): Promise<void> {
  if (wanted.length === 0) return;
  await tx.$executeRaw`
    UPDATE task t SET overlap = t.overlap + w.more,
      state = CASE WHEN t.state = 'full' THEN freed_state(t.project_id, t.batch) ELSE t.state END
    FROM unnest(${wanted.map(({ taskId }) => taskId)}::uuid[], ${wanted.map(({ more }) => more)}::int[]) AS w (id, more)
    WHERE t.id = w.id`;
}
