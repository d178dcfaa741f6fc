import { ProjectTally, refused, type Wait } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { again } from "./again.ts";
import type { Annotator } from "./annotator.ts";
import { askedMemoryOf } from "./asked-memory.ts";
import { expireLeases } from "./expire.ts";
import { HandedOut } from "./handed-out.ts";
import { isClaimable, waitsOf } from "./waits.ts";

export interface Claim extends Annotator {
  projectId: string;
  /** Tasks that the annotator is to hold at once, at most. */
  count: number;
}

export interface Claimed {
  tasks: HandedOut[];
  /** Counted judgements of this member today (UTC), over all projects. */
  today: number;
  /** What this member has done in this project. */
  here: ProjectTally;
  /** The project hands out nothing new for now. */
  paused: boolean;
  /** Without a task: what is waited for; empty where nothing is left. */
  waits: Wait[];
}

const ClaimRow = z.object({
  allowed: z.boolean(),
  tasks: z.array(HandedOut).nullable(),
  today: z.number().nullable(),
  here: ProjectTally,
  paused: z.boolean().nullable(),
});
const IdRow = z.object({ id: z.uuid().nullable() });

/**
 * Leases tasks to an annotator: those still held come first, then new ones. Before it says that nothing is left it ends
 * the project's stale leases and looks again, this time waiting for rows that others have locked.
 *
 * @throws DomainError not_found, also where an open link led the annotator elsewhere; conflict (`unreadGuideline`) where
 * tasks are left and a version of the guideline is to be read first.
 */
export async function claimTasks(db: Database, claim: Claim): Promise<Claimed> {
  const quick = await callClaim(db, claim, false);
  if (quick.tasks.length > 0) return quick;
  for (let look = 1; ; look++) {
    await expireLeases(db, claim.projectId);
    const thorough = await callClaim(db, claim, true);
    if (thorough.tasks.length > 0) return thorough;
    const waits = await waitsOf(db, claim.projectId, claim.memberId);
    if (!isClaimable(waits) || look === looks) return { ...thorough, waits };
  }
}

/** How often a task that came free meanwhile is tried for before its annotator is told to ask again. */
const looks = 3;

async function callClaim(db: Database, claim: Claim, thorough: boolean): Promise<Claimed> {
  const { workspaceId, projectId, memberId, count } = claim;
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT allowed, tasks, today, project_tally(${projectId}::uuid, ${memberId}::uuid) AS here,
        (SELECT state = 'paused' FROM project WHERE id = ${projectId}::uuid) AS paused
      FROM claim_tasks(${workspaceId}::uuid, ${projectId}::uuid, ${memberId}::uuid, ${count}::int, ${thorough})`,
  );
  const row = ClaimRow.parse(rows[0]);
  if (!row.allowed) throw refused("notYours", { kind: "project" });
  const memory = askedMemoryOf(db);
  for (const task of row.tasks ?? []) memory.remember(claim, task);
  return { tasks: row.tasks ?? [], today: row.today ?? 0, here: row.here, paused: row.paused ?? false, waits: [] };
}

/** One more task beside those held, found by the thorough way; null when nothing is left for this annotator. */
export async function claimOneMore(db: Database, who: Annotator, projectId: string): Promise<HandedOut | null> {
  await expireLeases(db, projectId);
  const claimed = await again(
    () => db.$queryRaw<unknown[]>`SELECT claim_task(${projectId}::uuid, ${who.memberId}::uuid, true) AS id`,
  );
  const { id } = IdRow.parse(claimed[0]);
  return id === null ? null : leasedTask(db, who, id);
}

/** A statement of its own: the one that makes a lease cannot see it yet. */
async function leasedTask(db: Database, who: Annotator, leaseId: string): Promise<HandedOut> {
  const [row] = await db.$queryRaw<{ task: unknown }[]>`SELECT leased_task(${leaseId}::uuid) AS task`;
  const task = HandedOut.parse(row?.task);
  askedMemoryOf(db).remember(who, task);
  return task;
}
