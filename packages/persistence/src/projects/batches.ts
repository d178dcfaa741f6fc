import { setTimeout as sleep } from "node:timers/promises";
import { type BatchChange, BatchState, BatchView, DomainError, refused } from "@touchstone/contracts";
import { z } from "zod";
import { again } from "../assignment/again.ts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { given } from "./given.ts";
import { assertProject } from "./queries.ts";

/**
 * The batches of a project's tasks, in the order in which they are handed out: by one index alone, whatever was judged.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listBatches(db: Database, workspaceId: string, projectId: string): Promise<BatchView[]> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.$queryRaw<unknown[]>`
    SELECT b.number, b.name, b.state::text AS state,
      to_char(b.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "dueAt",
      jsonb_build_object('open', coalesce(t.open, 0), 'full', coalesce(t."full", 0), 'closed', coalesce(t.closed, 0)) AS tasks,
      coalesce(t.wanted, 0) AS wanted
    FROM batch b
    LEFT JOIN (
      SELECT batch, count(*) FILTER (WHERE state = 'open')::int AS open, count(*) FILTER (WHERE state = 'full')::int AS "full",
        count(*) FILTER (WHERE state NOT IN ('open', 'full'))::int AS closed, sum(overlap)::int AS wanted
      FROM task WHERE project_id = ${projectId}::uuid GROUP BY batch) t ON t.batch = b.number
    WHERE b.project_id = ${projectId}::uuid AND b.workspace_id = ${workspaceId}::uuid
    ORDER BY b.number`;
  return z.array(BatchView).parse(rows);
}

/**
 * Names a batch, says when it is due, pauses, resumes or ends it, or moves its tasks to a number that no batch has. What is
 * held stays held, and can be judged. Its tasks follow in steps, so that nobody at work waits: where one fails, the same
 * change sent again goes on.
 *
 * @throws DomainError not_found; conflict where the number is taken; unavailable where people were at some of its tasks
 * throughout. Of two changes at once the later one counts, for the batch and for its tasks.
 */
export async function changeBatch(
  db: Database,
  by: Actor,
  projectId: string,
  change: BatchChange,
): Promise<BatchView[]> {
  const { number, name, dueAt, state, moveTo } = change;
  const moves = moveTo !== undefined && moveTo !== number;
  await db.$transaction(async (tx) => {
    await assertProject(tx, by.workspaceId, projectId);
    const batch = await lockBatch(tx, projectId, number);
    const data = { name, dueAt, state };
    await tx.batch.update({ where: { projectId_number: { projectId, number } }, data: given(data) });
    if (moves) await makeRoom(tx, { ...batch, projectId, number }, moveTo, by.workspaceId, given(data));
    const told = { name, dueAt: dueAt === null ? "—" : dueAt, state, moveTo };
    await recordAudit(tx, by, "batch.changed", projectId, { batch: number, ...told });
  });
  if (state !== undefined) await turnTasks(db, projectId, number, state);
  if (moves) await moveTasks(db, projectId, number, moveTo);
  return listBatches(db, by.workspaceId, projectId);
}

const Locked = z.object({
  name: z.string(),
  dueAt: z.date().nullable(),
  state: BatchState,
  movingTo: z.number().nullable(),
});

/** Whoever adds tasks to it holds a share of the row until they are there, so that none of them is passed by. */
async function lockBatch(tx: Transaction, projectId: string, number: number) {
  const [row] = await tx.$queryRaw<unknown[]>`
    SELECT name, due_at AS "dueAt", state::text AS state, moving_to AS "movingTo" FROM batch
    WHERE project_id = ${projectId}::uuid AND number = ${number}::int FOR UPDATE`;
  if (row === undefined) throw refused("notThere", { kind: "batch", at: "number" });
  return Locked.parse(row);
}

/** The batch that tasks go to is as the one they come from; begun once, the move goes on when it is asked for again. */
async function makeRoom(
  tx: Transaction,
  from: z.infer<typeof Locked> & { projectId: string; number: number },
  number: number,
  workspaceId: string,
  changed: object,
): Promise<void> {
  const { projectId, name, dueAt, state } = from;
  if (from.movingTo === number) return;
  const taken = await tx.batch.findUnique({ where: { projectId_number: { projectId, number } } });
  if (taken) throw refused("batchTaken", { number, at: "moveTo" });
  await tx.batch.create({ data: { workspaceId, projectId, number, name, dueAt, state, ...changed } });
  const where = { projectId_number: { projectId, number: from.number } };
  await tx.batch.update({ where, data: { movingTo: number } });
}

/** From which states of tasks a batch brings them to another. */
const turns = {
  open: { from: ["waiting", "ended"], to: "open" },
  paused: { from: ["open", "ended"], to: "waiting" },
  ended: { from: ["open", "waiting"], to: "ended" },
} as const satisfies Record<BatchState, { from: readonly string[]; to: string }>;

async function turnTasks(db: Database, projectId: string, number: number, state: BatchState): Promise<void> {
  const { from, to } = turns[state];
  await inSteps(
    async () => {
      const [row] = await db.$queryRaw<{ count: number | null }[]>`
        SELECT turn_batch(${projectId}::uuid, ${number}::int, ${[...from]}::task_state[], ${to}::task_state, ${tasksAtOnce}::int) AS count`;
      return row?.count ?? null;
    },
    () => db.task.count({ where: { projectId, batch: number, state: { in: [...from] } }, take: 1 }),
  );
}

async function moveTasks(db: Database, projectId: string, number: number, to: number): Promise<void> {
  const left = () => db.task.count({ where: { projectId, batch: number }, take: 1 });
  await inSteps(async () => {
    const [row] = await db.$queryRaw<{ count: number }[]>`
      SELECT move_batch(${projectId}::uuid, ${number}::int, ${to}::int, ${tasksAtOnce}::int) AS count`;
    return row?.count ?? 0;
  }, left);
  await db.$executeRaw`
    DELETE FROM batch b WHERE b.project_id = ${projectId}::uuid AND b.number = ${number}::int
      AND NOT EXISTS (SELECT FROM task t WHERE t.project_id = b.project_id AND t.batch = b.number)`;
}

/** Few enough that nobody waits long for their tasks. */
const tasksAtOnce = 500;
/** A row that somebody is at is free again within milliseconds. */
const waitMs = 20;
const waitsAtMost = 250;

/**
 * Steps until none is left, or until one answers null: there is nothing more to do.
 *
 * @throws DomainError unavailable where some tasks were held by others, whenever looked at.
 */
async function inSteps(step: () => Promise<number | null>, left: () => Promise<number>): Promise<void> {
  for (let waits = 0; ; ) {
    const done = await again(step);
    if (done === null) return;
    if (done > 0) continue;
    if ((await left()) === 0) return;
    if (++waits > waitsAtMost) throw busy();
    await sleep(waitMs);
  }
}

const busy = () =>
  new DomainError("unavailable", "People are at the last tasks of this batch; send it again in a moment for the rest.");
