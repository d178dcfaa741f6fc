import { randomUUID } from "node:crypto";
import type {
  CorrectionReceipt,
  ItemView,
  JudgementReceipt,
  LeasedTask,
  OwnAnswer,
  OwnSkip,
  OwnTask,
} from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, formsOf } from "../harness/asked-project.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { exportRows } from "../harness/import-file.ts";
import { insertTasks, submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let annotator: Visitor;
let other: Visitor;
let stranger: Visitor;

beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  ({ admin: stranger } = await newTenant(api.server, "eve@example.org"));
  annotator = await invite(admin, "annotator", "bob@example.org");
  other = await invite(admin, "annotator", "cleo@example.org");
});
afterAll(async () => {
  expect(await brokenInvariants(api.server.database, { outboxDrained: true })).toEqual([]);
  await api.close();
});

async function newProject(overlap = 1, tasks = 3): Promise<string> {
  const draft = { name: `Corrected ${randomUUID()}`, overlap, repeatShare: 0 };
  const { id } = (await admin.send("POST", "/api/projects", draft)).json<{ id: string }>();
  await insertTasks(api.server.database, id, { tasks, overlap, batch: 100 });
  return id;
}

async function judge(projectId: string, step = 2, who = annotator): Promise<{ id: string; task: LeasedTask }> {
  const task = await claimOne(who, projectId);
  const sent = await who.send("POST", "/api/judgements", submissionFor(task, { answer: { choice: "graded", step } }));
  return { id: sent.json<JudgementReceipt>().judgementId, task };
}

const correction = (step: number, more: object = {}) => ({
  idempotencyKey: randomUUID(),
  answers: { preference: { choice: "graded", step } },
  timings: { visibleMs: 900, activeMs: 800 },
  client: { locale: "en", viewport: "390x800", input: "touch" },
  ...more,
});
const correct = (id: string, body: object, who = annotator) => who.send("POST", `/api/judgements/${id}/correct`, body);
const takeBack = (id: string, who = annotator, idempotencyKey = randomUUID()) =>
  who.send("POST", `/api/judgements/${id}/undo-correction`, { idempotencyKey });
const receipt = (response: { json<T>(): T }) => response.json<CorrectionReceipt>();

async function ownAnswers(projectId: string, query = "", who = annotator) {
  const listed = await who.send("GET", `/api/work/${projectId}/answers${query}`);
  expect(listed.statusCode).toBe(200);
  return listed.json<{ items: OwnAnswer[]; next: string | null }>();
}
const ownTask = (id: string, who = annotator) => who.send("GET", `/api/judgements/${id}/task`);

/** The raw export. */
const rowsOf = (projectId: string) => exportRows(admin, projectId, "judgements");
const stepOf = (answers: unknown) => JSON.parse(JSON.stringify(answers)).preference.step;

describe("a correction", () => {
  it("counts in the place of what it corrects: in exports, figures, the item's history and the counts of its annotator", async () => {
    const projectId = await newProject();
    const { id, task } = await judge(projectId, 2);
    await judge(projectId, 6);
    const before = (await admin.send("GET", `/api/projects/${projectId}/figures`)).json();
    const frozen = await formsOf(api, projectId);

    const comment = "I had them the wrong way round.";
    const body = correction(5, { flagged: true, comment });
    const made = await correct(id, body);
    expect(made.statusCode).toBe(201);
    const { judgementId } = receipt(made);
    expect(receipt(made)).toEqual({ judgementId, created: true });
    // However often it is sent.
    expect(receipt(await correct(id, body))).toEqual({ judgementId, created: false });
    expect((await correct(id, { ...body, comment: "" })).json()).toMatchObject({ code: "idempotency_conflict" });

    const rows = await rowsOf(projectId);
    expect(rows).toHaveLength(2);
    const corrected = rows.find(({ label_id }) => label_id === judgementId);
    expect(corrected).toMatchObject({ supersedes: id, flagged: true, comment });
    expect(stepOf(corrected?.answers)).toBe(5);
    expect(rows.filter((row) => "supersedes" in row)).toHaveLength(1);
    // A comparison turned round: learning reads the newest alone, and as many as before.
    const learned = await formsOf(api, projectId);
    expect(learned).toHaveLength(frozen.length);
    expect(learned).not.toEqual(frozen);

    const figures = (await admin.send("GET", `/api/projects/${projectId}/figures`)).json();
    for (const name of ["judgements", "timeline", "lastHour", "medianSeconds", "missing", "progress"]) {
      expect({ [name]: figures[name] }).toEqual({ [name]: before[name] });
    }
    const item = (await admin.send("GET", `/api/items/${task.taskId}`)).json<ItemView>();
    expect(item.judgements).toBe(1);
    expect(item.judgementHistory.map(({ id: one, state }) => [one, state])).toEqual([
      [id, "superseded"],
      [judgementId, "counted"],
    ]);
    const list = (state: string) => admin.send("GET", `/api/projects/${projectId}/judgements?state=${state}`);
    expect((await list("counted")).json().items).toHaveLength(2);
    expect((await list("retracted")).json().items).toHaveLength(0);
    const work = (await annotator.send("GET", "/api/work"))
      .json()
      .items.find((one: { projectId: string }) => one.projectId === projectId);
    expect(work).toMatchObject({ today: 2, total: 2 });
  });

  it("is no work of today: what people were at yesterday stays yesterday's", async () => {
    const projectId = await newProject();
    const { id } = await judge(projectId);
    await rewrite("created_at = created_at - interval '26 hours'", id);
    const figures = async () => (await admin.send("GET", `/api/projects/${projectId}/figures`)).json();
    const before = await figures();
    expect(before).toMatchObject({ judgements: { person: 1 }, lastHour: 0, activeAnnotators: 0 });
    await correct(id, correction(5));
    const after = await figures();
    for (const name of ["judgements", "timeline", "lastHour", "activeAnnotators", "perHour", "medianSeconds"]) {
      expect({ [name]: after[name] }).toEqual({ [name]: before[name] });
    }
    expect(after.progress).toMatchObject({ activeHours: 1 });
  });

  it("of what was left out stays left out, and so does what it is taken back to", async () => {
    const projectId = await newProject();
    const { id } = await judge(projectId);
    const what = { kind: "judgement", judgementId: id };
    const left = await admin.send("POST", `/api/projects/${projectId}/left-out`, { what, reason: "trial" });
    expect(left.statusCode).toBeLessThan(300);
    expect(await rowsOf(projectId)).toEqual([]);
    const { judgementId } = receipt(await correct(id, correction(5)));
    expect(await rowsOf(projectId)).toEqual([]);
    const back = receipt(await takeBack(judgementId));
    expect(await rowsOf(projectId)).toEqual([]);
    const again = { what: { kind: "judgement", judgementId: back.judgementId } };
    await admin.send("POST", `/api/projects/${projectId}/left-out/put-back`, again);
    expect(await rowsOf(projectId)).toMatchObject([{ label_id: back.judgementId }]);
  });

  it("leaves frozen label sets as they are", async () => {
    const projectId = await newProject();
    const { id } = await judge(projectId, 2);
    const frozen = await formsOf(api, projectId);
    const set = await api.server.database.labelSet.findFirstOrThrow({ where: { projectId } });
    await correct(id, correction(6));
    const listed = await admin.send("GET", `/api/label-sets/${set.id}/judgements`);
    expect(listed.json<{ items: { id: string }[] }>().items.map((one) => one.id)).toEqual([id]);
    expect(frozen).toHaveLength(1);
  });

  it("can be taken back for ten minutes: what it replaced counts again, and the task never comes back to the desk", async () => {
    const projectId = await newProject();
    const { id, task } = await judge(projectId, 2);
    const { judgementId } = receipt(await correct(id, correction(5)));
    expect((await ownAnswers(projectId)).items).toMatchObject([
      { id: judgementId, corrected: true, undoable: true, bar: null },
    ]);

    const key = randomUUID();
    const undone = receipt(await takeBack(judgementId, annotator, key));
    expect(undone.created).toBe(true);
    expect(receipt(await takeBack(judgementId, annotator, key))).toEqual({ ...undone, created: false });
    const rows = await rowsOf(projectId);
    expect(rows.map(({ label_id, supersedes, answers }) => [label_id, supersedes, stepOf(answers)])).toEqual([
      [undone.judgementId, judgementId, 2],
    ]);
    expect((await ownAnswers(projectId)).items).toMatchObject([
      { id: undone.judgementId, corrected: false, undoable: false },
    ]);
    const lease = await api.server.database.lease.findUniqueOrThrow({ where: { id: task.lease.id } });
    expect(lease.state).toBe("judged");

    // Neither the desk's own undo nor a second one finds anything to take back.
    const undoAt = (one: string) =>
      annotator.send("POST", `/api/judgements/${one}/undo`, { idempotencyKey: randomUUID() });
    expect((await undoAt(id)).json()).toMatchObject({ code: "undo_too_late" });
    expect((await undoAt(undone.judgementId)).json()).toMatchObject({ code: "conflict", reason: "undoesCorrection" });
    expect((await takeBack(judgementId)).json()).toMatchObject({ code: "conflict", reason: "correctedAlready" });
    expect((await takeBack(id)).json()).toMatchObject({ code: "conflict", reason: "noCorrection" });
    expect((await takeBack((await judge(projectId)).id)).json()).toMatchObject({ reason: "noCorrection" });
  });

  it("is not taken back later than that", async () => {
    const projectId = await newProject();
    const { judgementId } = receipt(await correct((await judge(projectId)).id, correction(5)));
    await rewrite("created_at = created_at - interval '11 minutes'", judgementId);
    expect((await ownAnswers(projectId)).items).toMatchObject([{ id: judgementId, undoable: false, bar: null }]);
    expect((await takeBack(judgementId)).json()).toMatchObject({
      code: "undo_too_late",
      reason: "correctionNotUndone",
    });
    // But corrected again it may be.
    expect((await correct(judgementId, correction(7))).statusCode).toBe(201);
  });

  it("of what was corrected in another window is refused by name, and the newest is found by the old address", async () => {
    const projectId = await newProject();
    const { id } = await judge(projectId);
    const { judgementId } = receipt(await correct(id, correction(5)));
    expect((await correct(id, correction(6))).json()).toMatchObject({ status: 409, reason: "correctedAlready" });
    expect((await ownTask(id)).json<OwnTask>()).toMatchObject({ id: judgementId, bar: null });
    // Two at once: one is made, the other is told.
    const at = await Promise.all([correct(judgementId, correction(1)), correct(judgementId, correction(7))]);
    expect(at.map(({ statusCode }) => statusCode).toSorted()).toEqual([201, 409]);
  });

  it("is for one's own answers alone, and says so of all others", async () => {
    const projectId = await newProject(2);
    const { id } = await judge(projectId);
    for (const who of [other, admin, stranger]) {
      expect((await correct(id, correction(5), who)).statusCode).toBe(404);
      expect((await ownTask(id, who)).statusCode).toBe(404);
      expect((await takeBack(id, who)).statusCode).toBe(404);
    }
    expect((await stranger.send("GET", `/api/work/${projectId}/answers`)).statusCode).toBe(404);
    expect((await ownAnswers(projectId, "", other)).items).toEqual([]);
  });

  it("is checked like a judgement", async () => {
    const { id } = await judge(await newProject());
    expect((await correct(id, correction(9))).json()).toMatchObject({
      code: "invalid_value",
      path: "answers.preference.step",
    });
    expect((await correct(id, correction(2, { answers: {} }))).statusCode).toBe(422);
    expect((await correct(id, correction(2, { answers: { other: { choice: "graded", step: 2 } } }))).statusCode).toBe(
      422,
    );
    expect((await correct(id, correction(2, { comment: "\u0000" }))).json()).toMatchObject({ code: "unstorable_text" });
  });

  it("is refused where nothing may change any more, and told so before", async () => {
    const projectId = await newProject();
    const { id } = await judge(projectId);
    const turn = (state: string) => admin.send("PATCH", `/api/projects/${projectId}`, { state });
    const barred = async () => (await ownAnswers(projectId)).items.map(({ bar }) => bar);
    // As a judgement of a task that is held, it may come while the project is paused.
    await turn("paused");
    const kept = correction(3);
    const { judgementId } = receipt(await correct(id, kept));
    await turn("ended");
    expect(await barred()).toEqual(["ended"]);
    expect((await correct(judgementId, correction(5))).json()).toMatchObject({
      code: "conflict",
      reason: "correctedEnded",
    });
    expect((await takeBack(judgementId)).json()).toMatchObject({ reason: "correctedEnded" });
    await turn("archived");
    expect(await barred()).toEqual(["archived"]);
    expect((await correct(judgementId, correction(5))).json()).toMatchObject({ code: "project_archived" });
    // Whoever did not hear that it is stored hears it now.
    expect(receipt(await correct(id, kept))).toEqual({ judgementId, created: false });
    await turn("active");
    expect((await correct(judgementId, correction(5))).statusCode).toBe(201);
  });

  it("is refused of what was taken back, and of what does not count", async () => {
    const projectId = await newProject();
    const { id } = await judge(projectId);
    await annotator.send("POST", `/api/judgements/${id}/undo`, { idempotencyKey: randomUUID() });
    expect((await correct(id, correction(5))).json()).toMatchObject({ reason: "correctedTakenBack" });
    expect((await ownAnswers(projectId)).items).toEqual([]);
    const { id: late } = await judge(projectId);
    await rewrite("surplus = true", late);
    expect((await correct(late, correction(5))).json()).toMatchObject({ reason: "correctedSurplus" });
    expect((await ownAnswers(projectId)).items).toMatchObject([{ bar: "surplus" }]);
    await rewrite("surplus = false", late);
  });
});

describe("the list of one's own answers", () => {
  it("is paged, newest first, and shows what was corrected once, with what each says and its task as it was shown", async () => {
    const projectId = await newProject();
    const first = await judge(projectId, 1);
    const second = await judge(projectId, 2);
    const third = await judge(projectId, 3);
    const page = await ownAnswers(projectId, "?limit=2");
    expect(page.items.map(({ id }) => id)).toEqual([third.id, second.id]);
    // The page goes on where it ended, though that answer has been corrected since.
    const { judgementId } = receipt(await correct(second.id, correction(7)));
    expect((await ownAnswers(projectId, `?limit=2&cursor=${page.next}`)).items.map(({ id }) => id)).toEqual([first.id]);
    const { items } = await ownAnswers(projectId);
    expect(items.map(({ id }) => id)).toEqual([judgementId, third.id, first.id]);
    expect(items[0]).toMatchObject({
      excerpt: "Why is the sky blue?",
      flagged: false,
      commented: false,
      corrected: true,
    });
    const shown = (await ownTask(judgementId)).json<OwnTask>();
    expect(shown.completions).toEqual(second.task.completions);
    expect(stepOf(shown.answers)).toBe(7);
    expect(JSON.stringify(shown)).not.toContain(second.task.lease.token);
  });
});

/** Judgements are append-only by a trigger, which stands still for this. */
async function rewrite(change: string, id: string): Promise<void> {
  const { database } = api.server;
  await database.$transaction([
    database.$executeRaw`SET LOCAL session_replication_role = replica`,
    database.$executeRawUnsafe(`UPDATE judgement SET ${change} WHERE id = $1::uuid`, id),
  ]);
}

describe("one's own skips", () => {
  it("are listed newest first with their reason, to oneself alone, until they are taken back", async () => {
    const projectId = await newProject();
    const ownSkips = async (query = "", who = annotator) => {
      const listed = await who.send("GET", `/api/work/${projectId}/skips${query}`);
      expect(listed.statusCode).toBe(200);
      return listed.json<{ items: OwnSkip[]; next: string | null }>();
    };
    const skip = async (more: object) => {
      const { lease, taskId } = await claimOne(annotator, projectId);
      const body = { leaseToken: lease.token, ...more };
      expect((await annotator.send("POST", `/api/leases/${lease.id}/skip`, body)).statusCode).toBeLessThan(300);
      return { id: lease.id, taskId };
    };
    const first = await skip({ reason: "unsure", flagged: true });
    const second = await skip({ comment: "Cut off." });
    const { items } = await ownSkips();
    expect(items).toMatchObject([
      { ...second, reason: null, flagged: false, commented: true, undoable: true, blurred: false },
      { ...first, reason: "unsure", flagged: true, commented: false, undoable: true },
    ]);
    // Page by page, and nobody else's.
    const page = await ownSkips("?limit=1");
    expect([page.items[0]?.id, page.next]).toEqual([second.id, second.id]);
    expect((await ownSkips(`?limit=1&cursor=${page.next}`)).items.map(({ id }) => id)).toEqual([first.id]);
    expect((await ownSkips("", other)).items).toEqual([]);
    expect((await annotator.send("GET", `/api/work/${projectId}/skips?cursor=${randomUUID()}`)).statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/work/${projectId}/skips`)).statusCode).toBe(404);

    const undo = { idempotencyKey: randomUUID() };
    expect((await annotator.send("POST", `/api/leases/${second.id}/undo-skip`, undo)).statusCode).toBe(200);
    expect((await ownSkips()).items.map(({ id }) => id)).toEqual([first.id]);
    // What was taken back is what the desk has next.
    expect((await claimOne(annotator, projectId)).taskId).toBe(second.taskId);
    await api.server.database
      .$executeRaw`UPDATE lease SET skipped_at = skipped_at - interval '11 minutes' WHERE id = ${first.id}::uuid`;
    expect((await ownSkips()).items).toMatchObject([{ ...first, undoable: false }]);
  });
});
