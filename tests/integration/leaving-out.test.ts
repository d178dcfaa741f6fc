import { randomUUID } from "node:crypto";
import type {
  ExportCounts,
  ImportReceipt,
  ItemPage,
  ItemView,
  JudgementReceipt,
  LeaveOutTold,
  LeftOutAct,
  ProjectFigures,
  PutBackTold,
} from "@touchstone/contracts";
import { freezeLabelSet } from "@touchstone/persistence";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, formsOf } from "../harness/asked-project.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { importFile, newProject, receiptOf } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let reviewer: Visitor;
let stranger: Visitor;
let workspaceId: string;
const people: Visitor[] = [];
const memberIds: string[] = [];
beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  workspaceId = tenant.workspaceId;
  reviewer = await invite(admin, "reviewer", "rae@example.org");
  for (const email of ["ann@example.org", "ben@example.org", "cy@example.org"]) {
    people.push(await invite(admin, "annotator", email));
    memberIds.push((await api.server.database.member.findFirstOrThrow({ where: { user: { email } } })).id);
  }
  stranger = (await newTenant(api.server, "eve@elsewhere.example.org")).admin;
});
afterAll(() => api.close());
afterEach(async () =>
  expect((await brokenInvariants(api.server.database)).filter((broken) => !/promised/.test(broken))).toEqual([]),
);

interface Judged {
  readonly taskId: string;
  readonly id: string;
}

/** A project of some pairs, each judged by the first two people: 2 of 7, then 6 of 7. */
async function judgedProject(pairs = 3): Promise<{ projectId: string; judged: Judged[][] }> {
  const made = await admin.send("POST", "/api/projects", {
    name: `left out ${randomUUID().slice(0, 8)}`,
    overlap: 2,
    repeatShare: 0,
  });
  const projectId = made.json<{ id: string }>().id;
  const rows = Array.from({ length: pairs }, (_, i) => ({ prompt: `question ${i}`, completions: ["one", "two"] }));
  await importFile(admin, projectId, { format: "prompts" }, rows);
  const judged: Judged[][] = [];
  for (const [place, who] of people.slice(0, 2).entries()) {
    judged.push([]);
    for (let i = 0; i < pairs; i += 1) judged[place]?.push(await judge(projectId, who, place === 0 ? 2 : 6));
  }
  return { projectId, judged };
}

async function judge(projectId: string, who: Visitor | undefined, step: number): Promise<Judged> {
  if (!who) throw new Error("nobody");
  const task = await claimOne(who, projectId);
  const answer = await who.send("POST", "/api/judgements", submissionFor(task, { answer: { choice: "graded", step } }));
  expect(answer.statusCode, answer.body).toBe(201);
  const { judgementId: id, next } = answer.json<JudgementReceipt>();
  if (next) await who.send("POST", `/api/leases/${next.lease.id}/release`, { leaseToken: next.lease.token });
  return { taskId: task.taskId, id };
}

const member = (place: number, replace = false) => ({ kind: "member", memberId: memberIds[place], replace });
const judgement = ({ id }: Judged, replace = false) => ({ kind: "judgement", judgementId: id, replace });
const items = (...tasks: Judged[]) => ({ kind: "items", selection: { ids: tasks.map(({ taskId }) => taskId) } });

async function leaveOut(projectId: string, what: object, given: object = {}): Promise<LeaveOutTold> {
  const body = { what, reason: "careless", ...given };
  const answer = await admin.send("POST", `/api/projects/${projectId}/left-out`, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<LeaveOutTold>();
}

async function putBack(projectId: string, what: object, given: object = {}): Promise<PutBackTold> {
  const answer = await admin.send("POST", `/api/projects/${projectId}/left-out/put-back`, { what, ...given });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<PutBackTold>();
}

const get = async <T>(path: string, who = reviewer): Promise<T> => (await who.send("GET", path)).json<T>();
const exported = async (projectId: string, query = "format=judgements") => {
  const answer = await admin.send("GET", `/api/projects/${projectId}/exports?${query}`);
  const rows = answer.body
    .split("\n")
    .filter(Boolean)
    .map((line): { label_id: string; left_out?: string } => JSON.parse(line));
  return { rows, leftOut: answer.headers["left-out"], set: String(answer.headers["label-set-id"]) };
};
const frozen = (projectId: string) =>
  freezeLabelSet(api.server.database, { workspaceId, projectId, includeSimulated: false });
const listed = (projectId: string) =>
  get<{ items: LeftOutAct[]; counts: object[]; next: null }>(`/api/projects/${projectId}/left-out`);

describe("a judgement", () => {
  it("that is left out counts nowhere, keeps its place, and is as before once it is put back", async () => {
    const { projectId, judged } = await judgedProject();
    const [first] = judged.flat();
    if (!first) throw new Error("nothing judged");
    const before = await frozen(projectId);
    const forms = await formsOf(api, projectId);
    expect(await leaveOut(projectId, judgement(first), { preview: true })).toEqual({
      ...{ changed: 1, already: 0, gone: 0, judgements: 1, labelSets: 1, replaced: 0, notReplaced: 0 },
    });
    expect((await listed(projectId)).items).toEqual([]);
    await leaveOut(projectId, judgement(first), { note: "in a hurry" });
    expect(await leaveOut(projectId, judgement(first))).toMatchObject({ changed: 0, already: 1, judgements: 0 });

    expect(await formsOf(api, projectId)).toHaveLength(forms.length - 1);
    const figures = await get<ProjectFigures>(`/api/projects/${projectId}/figures`);
    expect(figures.judgements).toMatchObject({ person: 6, leftOut: 1 });
    // Of three tasks two still have a pair of people.
    expect(figures.agreement?.pairs).toBe(2);
    // Nobody is asked again.
    expect(figures).toMatchObject({ wanted: 6, tasks: { open: 0, full: 3 }, missing: { underway: 0, waiting: 0 } });
    const counts = await get<ExportCounts>(`/api/projects/${projectId}/exports/counts`, admin);
    expect(counts).toMatchObject({ rows: { judgements: 5 }, leftOut: [{ reason: "careless", judgements: 1 }] });
    const { rows, leftOut } = await exported(projectId);
    expect(leftOut).toBe("1; careless=1");
    expect(rows.map(({ label_id }) => label_id)).not.toContain(first.id);
    const page = await get<ItemPage>(`/api/projects/${projectId}/items`);
    expect(page.items.find(({ id }) => id === first.taskId)).toMatchObject({
      judgements: 2,
      leftOut: 1,
      agreement: null,
    });
    const item = await get<ItemView>(`/api/items/${first.taskId}`);
    expect(item.leftOutItem).toBeNull();
    expect(item.judgementHistory.find(({ id }) => id === first.id)).toMatchObject({
      state: "counted",
      leftOut: { kind: "judgement", reason: "careless", note: "in a hurry", by: "Ada" },
    });
    const [act] = (await listed(projectId)).items;
    expect(act).toMatchObject({
      kind: "judgement",
      count: 1,
      judgements: 1,
      note: "in a hurry",
      subject: { id: first.id },
    });

    expect(await putBack(projectId, { kind: "act", actId: act?.id }, { preview: true })).toEqual({
      changed: 1,
      judgements: 1,
    });
    expect(await putBack(projectId, { kind: "judgement", judgementId: first.id })).toEqual({
      changed: 1,
      judgements: 1,
    });
    expect((await frozen(projectId)).id).toBe(before.id);
    expect((await exported(projectId)).leftOut).toBe("0");
    const again = await admin.send("POST", `/api/projects/${projectId}/left-out/put-back`, {
      what: { kind: "judgement", judgementId: first.id },
    });
    expect(again.statusCode).toBe(404);
    const audit = await get<{ items: { action: string; subject: string }[] }>("/api/audit", admin);
    const acts = audit.items.filter(({ subject }) => subject === first.id).map(({ action }) => action);
    expect(acts).toEqual(["leftOut.putBack", "leftOut.added"]);
  });

  it("stays in the sets that were frozen before, which say that it has been left out since", async () => {
    const { projectId, judged } = await judgedProject(2);
    const [first] = judged.flat();
    if (!first) throw new Error("nothing judged");
    const { id, sha256 } = await frozen(projectId);
    const rowsOf = async () => {
      const answer = await admin.send("GET", `/api/label-sets/${id}/export?format=judgements`);
      return { body: answer.body, since: answer.headers["left-out-since"], sha256: answer.headers["label-set-sha256"] };
    };
    const before = await rowsOf();
    expect(before).toMatchObject({ since: "0", sha256 });
    await leaveOut(projectId, judgement(first));
    expect(await rowsOf()).toEqual({ ...before, since: "1" });
    const labels = await get<{ items: { id: string; leftOut: object | null }[]; leftOut: number }>(
      `/api/label-sets/${id}/judgements`,
    );
    expect(labels.leftOut).toBe(1);
    expect(labels.items.filter(({ leftOut }) => leftOut !== null).map((each) => each.id)).toEqual([first.id]);
    const later = await frozen(projectId);
    expect(later.id).not.toBe(id);
    expect(later).toMatchObject({ judgements: 3, leftOut: [{ reason: "careless", judgements: 1 }] });
  });

  it("can be asked for again, of somebody else, where that is wanted", async () => {
    const { projectId, judged } = await judgedProject(1);
    const [first] = judged.flat();
    if (!first) throw new Error("nothing judged");
    const told = await leaveOut(projectId, judgement(first, true), { reason: "mistaken" });
    expect(told).toMatchObject({ judgements: 1, replaced: 1, notReplaced: 0 });
    const again = await judge(projectId, people[2], 5);
    expect(again.taskId).toBe(first.taskId);
    expect((await exported(projectId)).rows.map(({ label_id }) => label_id)).toContain(again.id);
    expect((await get<ProjectFigures>(`/api/projects/${projectId}/figures`)).judgements).toMatchObject({
      person: 3,
      leftOut: 1,
    });
  });
});

describe("a person and items", () => {
  it("take all judgements of theirs along, later ones too, each counted once and put back by itself", async () => {
    const { projectId, judged } = await judgedProject();
    const [[ofAnn], [ofBen]] = [judged[0] ?? [], judged[1] ?? []];
    if (!ofAnn || !ofBen) throw new Error("nothing judged");
    expect(await leaveOut(projectId, member(0), { reason: "withdrawn" })).toMatchObject({ changed: 1, judgements: 3 });
    // An item that both have judged: Ann's judgement of it does not count already.
    expect(await leaveOut(projectId, items(ofAnn), { reason: "unfit" })).toMatchObject({ changed: 1, judgements: 1 });
    const { counts, items: acts } = await listed(projectId);
    expect(counts).toEqual([
      { reason: "unfit", judgements: 2 },
      { reason: "withdrawn", judgements: 2 },
    ]);
    expect(acts.map(({ kind, judgements }) => [kind, judgements])).toEqual([
      ["item", 2],
      ["member", 3],
    ]);
    expect(acts[1]?.subject?.label).toBe("ann@example.org");
    expect((await exported(projectId)).leftOut).toBe("4; unfit=2; withdrawn=2");
    expect((await exported(projectId)).rows).toHaveLength(2);
    // Ann's own work stays hers.
    const tally = await api.server.database.tally.findFirst({ where: { projectId, memberId: memberIds[0] ?? "" } });
    expect(tally?.total).toBe(3);
    const figures = await get<ProjectFigures>(`/api/projects/${projectId}/figures`);
    expect(figures.annotators.map(({ name, leftOut, judgements }) => [name, leftOut, judgements]).sort()).toEqual([
      ["ann@example.org", true, 3],
      ["ben@example.org", false, 3],
    ]);
    await importFile(admin, projectId, { format: "prompts" }, [{ prompt: "later", completions: ["one", "two"] }]);
    const later = await judge(projectId, people[0], 3);
    const { rows } = await exported(projectId, "format=judgements&includeLeftOut=true");
    const leftOutOf = new Map(rows.map((row) => [row.label_id, row.left_out]));
    expect([later, ofAnn, ofBen].map(({ id }) => leftOutOf.get(id))).toEqual(["withdrawn", "unfit", "unfit"]);
    expect(rows.filter(({ left_out }) => left_out === undefined)).toHaveLength(2);
    // Imported elsewhere they would count: whoever imports them is told so before, and with which lines.
    const elsewhere = await newProject(admin, `taken in ${randomUUID()}`, 2);
    const { warnings } = (await receiptOf(admin, elsewhere, {}, rows)).json<ImportReceipt>();
    const told = warnings.find(({ code }) => code === "leftOutRows");
    const count = rows.filter(({ left_out }) => left_out !== undefined).length;
    expect(told).toMatchObject({ weight: "confirm", values: { count } });
    expect(told?.lines[0]).toBe(3);

    expect(await putBack(projectId, { kind: "member", memberId: memberIds[0] })).toEqual({ changed: 1, judgements: 3 });
    expect(await putBack(projectId, { kind: "item", taskId: ofAnn.taskId })).toEqual({ changed: 1, judgements: 2 });
    expect((await exported(projectId)).rows).toHaveLength(7);
  });

  it("by the hundred are put back by one command", async () => {
    const { projectId } = await judgedProject();
    const all = { kind: "items", selection: { filter: { q: "question" } } };
    expect(await leaveOut(projectId, all, { reason: "trial" })).toMatchObject({ changed: 3, judgements: 6 });
    const [act] = (await listed(projectId)).items;
    expect(act).toMatchObject({ kind: "item", count: 3, judgements: 6, subject: null });
    expect(await putBack(projectId, { kind: "act", actId: act?.id })).toEqual({ changed: 3, judgements: 6 });
  });
});

it("is for who builds a project, and reaches nothing of others", async () => {
  const { projectId, judged } = await judgedProject(1);
  const other = await judgedProject(1);
  const [first] = judged.flat();
  const [elsewhere] = other.judged.flat();
  if (!first || !elsewhere) throw new Error("nothing judged");
  const body = { what: judgement(first), reason: "careless" };
  for (const [who, status] of [
    [reviewer, 403],
    [people[0], 403],
    [stranger, 404],
  ] as const) {
    expect((await who?.send("POST", `/api/projects/${projectId}/left-out`, body))?.statusCode).toBe(status);
  }
  const wrong = { what: judgement(elsewhere), reason: "careless" };
  expect((await admin.send("POST", `/api/projects/${projectId}/left-out`, wrong)).statusCode).toBe(404);
  expect(await leaveOut(projectId, items(elsewhere))).toMatchObject({ changed: 0, gone: 1, judgements: 0 });
  const asked = await admin.send("GET", `/api/projects/${projectId}/exports?format=ratings&includeLeftOut=true`);
  expect(asked.statusCode).toBe(422);
  expect(asked.json()).toMatchObject({ reason: "leftOutInRaw" });
});
