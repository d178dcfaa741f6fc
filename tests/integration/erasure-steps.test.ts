import { setTimeout as sleep } from "node:timers/promises";
import type { JudgementReceipt } from "@touchstone/contracts";
import {
  type Annotator,
  advanceErasure,
  changeRetention,
  eraseMember,
  findPersonDependants,
  freezeLabelSet,
  getRetention,
  LocalFileStore,
  submitJudgement,
  sweepRetention,
} from "@touchstone/persistence";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

const open = assignmentDatabase(20);
let pool: pg.Pool;
beforeAll(() => {
  pool = new pg.Pool({ connectionString: open.url, max: 4 });
  // A backend that is ended on purpose.
  pool.on("error", () => undefined);
});
afterAll(() => pool.end());

/** Nobody here asked for a file of a label set. */
const files = new LocalFileStore("/unused");
const step = (id: string) => advanceErasure({ pool, files }, id);

/** Until it is done; a step that waits for others is tried again, as the API does. */
async function goOn(id: string): Promise<void> {
  for (;;) {
    const came = await step(id);
    if (came === "done") return;
    if (came === "waiting") await sleep(5);
  }
}

async function adminOf({ workspaceId }: LabellingProject) {
  const where = { workspaceId, role: "admin" as const };
  return open.db.member.findFirstOrThrow({ where, select: { workspaceId: true, id: true } });
}

async function begin(project: LabellingProject, who: Annotator, what: "identity" | "all"): Promise<string> {
  const { member, stamp } = await findPersonDependants(open.db, project.workspaceId, who.memberId);
  return (await eraseMember(open.db, await adminOf(project), who.memberId, { what, name: member.name, stamp })).id;
}

async function judgeSome(project: LabellingProject, who: Annotator, count: number): Promise<JudgementReceipt[]> {
  const receipts: JudgementReceipt[] = [];
  for (let done = 0; done < count; done++) {
    const [task] = (await open.claimFor(project, who)).tasks;
    if (!task) throw new Error("no task");
    receipts.push(await submitJudgement(open.db, who, submissionFor(task)));
  }
  return receipts;
}

const judgementsOf = (memberId: string) => open.db.judgement.count({ where: { memberId } });
const nameless = (workspaceId: string) =>
  open.db.member.findMany({ where: { workspaceId, erasedAt: { not: null } }, orderBy: { id: "asc" } });

/** Makes all of these as if they had been judged so many days ago. */
async function age(judgementIds: readonly string[], days: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    const ago = "make_interval(days => $2::int)";
    await client.query(
      `UPDATE lease SET created_at = created_at - ${ago} WHERE id IN (SELECT lease_id FROM judgement WHERE id = ANY ($1))`,
      [judgementIds, days],
    );
    await client.query(`UPDATE judgement SET created_at = created_at - ${ago} WHERE id = ANY ($1)`, [
      judgementIds,
      days,
    ]);
    await client.query("COMMIT");
  } finally {
    client.release();
  }
}

describe.each(["identity", "all"] as const)("an erasure of %s", (what) => {
  it("goes on where it was killed, while others judge: nothing of theirs is lost, and nothing is half gone", async () => {
    const project = await labellingProject(open.db, { tasks: 215, overlap: 2, annotators: 6 });
    const [who, ...others] = project.annotators;
    if (!who) throw new Error("nobody");
    await judgeSome(project, who, 205);
    const { workspaceId, projectId } = project;
    const before = await freezeLabelSet(open.db, { workspaceId, projectId, includeSimulated: false });
    const acknowledged: string[] = [];
    let isOver = false;
    const atWork = Promise.all(
      others.map(async (other) => {
        while (!isOver) {
          const [task] = (await open.claimFor(project, other)).tasks;
          if (!task) return;
          acknowledged.push((await submitJudgement(open.db, other, submissionFor(task))).judgementId);
        }
      }),
    );
    await expect.poll(() => acknowledged.length).toBeGreaterThan(10);
    const id = await begin(project, who, what);
    expect(await step(id)).toBe("more");
    // Waits inside Postgres, in the midst of its work, when its connection is ended.
    const holder = await pool.connect();
    await holder.query("BEGIN");
    await holder.query("LOCK TABLE outbox IN ACCESS SHARE MODE");
    await holder.query(`LOCK TABLE ${what === "all" ? "label_set_tombstone" : "repeat_due"} IN ACCESS EXCLUSIVE MODE`);
    const killed = step(id).catch((error: unknown) => error);
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE query LIKE '%erase_leases%' AND wait_event_type = 'Lock' AND pid <> pg_backend_pid()`;
    await expect.poll(async () => (await pool.query(end)).rowCount, { timeout: 20_000 }).toBe(1);
    await holder.query("ROLLBACK");
    holder.release();
    expect(await killed).toBeInstanceOf(Error);
    expect(await judgementsOf(who.memberId)).toBe(205);
    expect(await open.db.erasure.findUniqueOrThrow({ where: { id } })).toMatchObject({ removed: 0, finishedAt: null });
    await goOn(id);
    isOver = true;
    await atWork;

    expect(await open.db.judgement.count({ where: { id: { in: acknowledged } } })).toBe(acknowledged.length);
    expect(await open.db.member.count({ where: { id: who.memberId } })).toBe(0);
    const [successor] = await nameless(workspaceId);
    expect(await judgementsOf(successor?.id ?? "")).toBe(what === "all" ? 0 : 205);
    expect(await open.db.labelSetTombstone.count({ where: { labelSetId: before.id } })).toBe(what === "all" ? 205 : 0);
    expect(await open.db.labelSetItem.count({ where: { labelSetId: before.id } })).toBe(
      before.judgements - (what === "all" ? 205 : 0),
    );
    expect(await open.db.erasure.findUniqueOrThrow({ where: { id } })).toMatchObject({
      // With the task that lay on their desk.
      ...{ memberId: null, successorId: null, staged: 206, removed: 206 },
    });
    // What somebody gave up is asked of others.
    const [row] = await open.db.$queryRaw<{ free: number }[]>`
      SELECT count(*)::int AS free FROM task WHERE project_id = ${projectId}::uuid AND state = 'open'`;
    if (what === "all") expect(row?.free).toBeGreaterThan(0);
  });
});

describe("what a project keeps no longer", () => {
  it("loses who judged, month by month, no day before it is due, and only once it may", async () => {
    const project = await labellingProject(open.db, { tasks: 6, overlap: 1, annotators: 1 });
    const [who] = project.annotators;
    if (!who) throw new Error("nobody");
    const { workspaceId, projectId } = project;
    const receipts = await judgeSome(project, who, 6);
    const ids = receipts.map(({ judgementId }) => judgementId);
    await age(ids.slice(0, 3), 100);
    const admin = await adminOf(project);
    expect((await getRetention(open.db, workspaceId, projectId)).due).toMatchObject({ identity: 0, judgements: 0 });
    const preview = await getRetention(open.db, workspaceId, projectId, { identityDays: 30 });
    expect(preview.due).toMatchObject({ identity: 3, people: 1, waiting: 0 });
    const { from, due } = await changeRetention(open.db, admin, projectId, { identityDays: 30, archivedDays: null });
    const days = (Date.parse(from ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(2.9);
    // Said, and not yet to act: whoever reads it can still say otherwise.
    expect(await sweepRetention(open.db)).toBe(0);
    await open.db.$executeRaw`UPDATE project SET retention_from = clock_timestamp() WHERE id = ${projectId}::uuid`;
    // One of them a moment after the month that is due: it stays.
    const edge = new Date(Date.parse(due.madeBefore ?? "") + 1);
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("SET LOCAL session_replication_role = replica");
    await client.query("UPDATE judgement SET created_at = $2 WHERE id = $1", [ids[2], edge]);
    await client.query("COMMIT");
    client.release();
    // A run under way must read what it began with.
    const run = { workspaceId, projectId, kind: "reward" as const, name: "At work", spec: {}, seed: 1 };
    const atWork = await open.db.run.create({ data: { ...run, state: "running" } });
    expect(await sweepRetention(open.db)).toBe(0);
    await open.db.run.update({ where: { id: atWork.id }, data: { state: "succeeded" } });
    expect(await sweepRetention(open.db)).toBe(1);
    // Asked again while it goes on, it begins nothing twice.
    expect(await sweepRetention(open.db)).toBe(0);
    const { id } = await open.db.erasure.findFirstOrThrow({ where: { projectId, finishedAt: null } });
    await goOn(id);
    const [successor] = await nameless(workspaceId);
    const moved = await open.db.judgement.findMany({ where: { memberId: successor?.id ?? "" }, select: { id: true } });
    expect(moved.map((row) => row.id).sort()).toEqual(ids.slice(0, 2).sort());
    expect(await judgementsOf(who.memberId)).toBe(4);
    expect(await sweepRetention(open.db)).toBe(0);
    const audit = await open.db.auditEvent.findMany({ where: { workspaceId, action: "retention.applied" } });
    expect(audit).toMatchObject([{ memberId: null, subject: projectId, detail: { people: 1 } }]);
  });

  it("of an archived one goes with its texts when its days are over, and not while it is active", async () => {
    const project = await labellingProject(open.db, { tasks: 3, overlap: 1, annotators: 1 });
    const [who] = project.annotators;
    if (!who) throw new Error("nobody");
    const { workspaceId, projectId } = project;
    await judgeSome(project, who, 3);
    await changeRetention(open.db, await adminOf(project), projectId, { identityDays: null, archivedDays: 10 });
    await open.db.$executeRaw`UPDATE project SET retention_from = clock_timestamp() WHERE id = ${projectId}::uuid`;
    expect(await sweepRetention(open.db)).toBe(0);
    await open.db.project.update({ where: { id: projectId }, data: { state: "archived" } });
    expect(await sweepRetention(open.db)).toBe(0);
    // A clock that is an hour ahead takes nothing that has more than an hour left.
    await open.db.$executeRaw`
      UPDATE project SET archived_at = clock_timestamp() - interval '10 days' + interval '61 minutes' WHERE id = ${projectId}::uuid`;
    expect(await sweepRetention(open.db)).toBe(0);
    await open.db.$executeRaw`
      UPDATE project SET archived_at = clock_timestamp() - interval '10 days 1 minute' WHERE id = ${projectId}::uuid`;
    expect((await getRetention(open.db, workspaceId, projectId)).due.judgements).toBe(3);
    expect(await sweepRetention(open.db)).toBe(1);
    const { id } = await open.db.erasure.findFirstOrThrow({ where: { projectId, finishedAt: null } });
    await goOn(id);
    expect(await open.db.judgement.count({ where: { projectId } })).toBe(0);
    expect(await open.db.member.count({ where: { id: who.memberId } })).toBe(1);
    expect(await sweepRetention(open.db)).toBe(0);
    await open.db.project.update({ where: { id: projectId }, data: { state: "active" } });
    expect(await open.db.project.findUniqueOrThrow({ where: { id: projectId } })).toMatchObject({ archivedAt: null });
  });
});
