import { randomUUID } from "node:crypto";
import type { InquiryList, InquiryView, LeasedTask, RemarkView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { insertTasks, submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let reviewer: Visitor;
let annotator: Visitor;
let other: Visitor;
let stranger: Visitor;
let id: string;
let task: LeasedTask;

beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  ({ admin: stranger } = await newTenant(api.server, "eve@example.org"));
  reviewer = await invite(admin, "reviewer", "rae@example.org");
  annotator = await invite(admin, "annotator", "bob@example.org");
  other = await invite(admin, "annotator", "cleo@example.org");
});
afterAll(() => api.close());

async function newProject(): Promise<void> {
  const draft = { name: randomUUID(), overlap: 3, repeatShare: 0 };
  id = (await admin.send("POST", "/api/projects", draft)).json<{ id: string }>().id;
  await insertTasks(api.server.database, id, { tasks: 6, overlap: 3, batch: 100 });
  task = await claimOne(annotator, id);
}

const ask = (text: unknown, change = {}, who = annotator) =>
  who.send("POST", `/api/work/${id}/inquiries`, { taskId: task.taskId, text, idempotencyKey: randomUUID(), ...change });
const asked = async (text: string, who = annotator, change = {}) => {
  const answer = await ask(text, change, who);
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json<InquiryView>();
};
const mine = async (who = annotator) => (await who.send("GET", `/api/work/${id}/inquiries`)).json<InquiryList>();
const answer = (inquiryId: string, body: object, who = reviewer) =>
  who.send("POST", `/api/projects/${id}/inquiries/${inquiryId}/answer`, body);
const settle = (remarkId: string, done: boolean, who = reviewer) =>
  who.send("POST", `/api/projects/${id}/remarks/${remarkId}/done`, { done });
const inbox = async (query = "") =>
  (await reviewer.send("GET", `/api/projects/${id}/remarks${query}`)).json<{ items: RemarkView[] }>().items;
const code = (response: { json<T>(): T; statusCode: number }) => [
  response.statusCode,
  response.json<{ reason?: string; code: string }>().reason ?? response.json<{ code: string }>().code,
];

describe("a question from a task", () => {
  it("leaves the task as it is, stands in the inbox, and is answered to whoever asked", async () => {
    await newProject();
    const before = await api.server.database.lease.findUniqueOrThrow({ where: { id: task.lease.id } });
    const { id: inquiry } = await asked("Does length matter?");
    expect(await api.server.database.lease.findUniqueOrThrow({ where: { id: task.lease.id } })).toEqual(before);
    expect(await inbox("?kind=question")).toMatchObject([
      { id: inquiry, kind: "question", taskId: task.taskId, comment: "Does length matter?", done: false, answer: null },
    ]);
    // A page of before knows no questions, and is shown none.
    expect(await inbox()).toEqual([]);
    expect(await mine()).toMatchObject({
      unseen: 0,
      items: [{ text: "Does length matter?", answer: null, done: false }],
    });

    expect((await answer(inquiry, { text: "It **does not**." })).statusCode).toBe(204);
    const told = await mine();
    expect(told).toMatchObject({
      unseen: 1,
      items: [{ done: true, seen: false, answer: { text: "It **does not**.", forAll: false } }],
    });
    const seen = await annotator.send("POST", `/api/work/${id}/inquiries/seen`, { upTo: told.items[0]?.answer?.at });
    expect(seen.statusCode).toBe(204);
    expect(await mine()).toMatchObject({ unseen: 0, items: [{ seen: true }] });
    // Answered anew, it is new again.
    await answer(inquiry, { text: "Only a little.", forAll: true }, admin);
    expect(await mine()).toMatchObject({ unseen: 1, items: [{ answer: { text: "Only a little.", forAll: true } }] });
    expect((await annotator.send("POST", "/api/judgements", submissionFor(task))).statusCode).toBe(201);
  });

  it("is nobody else's, but for an answer to everybody, which names nobody", async () => {
    await newProject();
    const { id: own } = await asked("Mine alone?");
    const { id: shared } = await asked("For all?");
    await answer(own, { text: "Yes." });
    await answer(shared, { text: "Yes, all.", forAll: true });
    const theirs = await mine(other);
    expect(theirs).toMatchObject({
      items: [],
      unseen: 0,
      notes: [{ id: shared, text: "For all?", answer: "Yes, all." }],
    });
    expect(JSON.stringify(theirs)).not.toContain("bob");
    await answer(shared, { text: "Yes, all.", forAll: false });
    expect((await mine(other)).notes).toEqual([]);
  });

  it("is walled: of a task that was never theirs, of another project, by another workspace or without the role", async () => {
    await newProject();
    const { id: inquiry } = await asked("Why?");
    expect(code(await ask("Why?", {}, other))).toEqual([404, "notYours"]);
    expect(code(await ask("Why?", {}, stranger))).toEqual([404, "notYours"]);
    expect((await stranger.send("GET", `/api/work/${id}/inquiries`)).statusCode).toBe(404);
    expect(code(await answer(inquiry, { text: "Mine." }, annotator))).toEqual([403, "forbidden"]);
    expect(code(await answer(inquiry, { text: "Mine." }, stranger))).toEqual([404, "notThere"]);
    expect(code(await settle(inquiry, true, stranger))).toEqual([404, "notThere"]);
    const first = id;
    await newProject();
    expect(code(await answer(inquiry, { text: "Elsewhere." }))).toEqual([404, "notThere"]);
    expect(code(await settle(inquiry, true))).toEqual([404, "notThere"]);
    expect(code(await ask("Why?", { taskId: randomUUID() }))).toEqual([404, "notYours"]);
    id = first;
    expect((await mine()).items).toMatchObject([{ answer: null, done: false }]);
  });

  it("is one question however often it is sent, and refused by name where it is too long, blank or one too many", async () => {
    await newProject();
    const idempotencyKey = randomUUID();
    const sent = await Promise.all(Array.from({ length: 4 }, () => ask("Once?", { idempotencyKey })));
    expect(new Set(sent.map((one) => one.json<InquiryView>().id)).size).toBe(1);
    expect(code(await ask("Another?", { idempotencyKey }))).toEqual([409, "idempotency_conflict"]);
    for (const text of ["", " \u200b\n", "x".repeat(4_001), "a\u0000b"]) {
      const refused = await ask(text);
      expect([refused.statusCode, refused.json<{ path: string }>().path]).toEqual([expect.any(Number), "text"]);
      expect(refused.statusCode).toBeGreaterThanOrEqual(400);
    }
    const many = await Promise.all(Array.from({ length: 24 }, (_, n) => ask(`Question ${n}?`)));
    expect(many.filter(({ statusCode }) => statusCode === 201)).toHaveLength(19);
    const [refused] = many.filter(({ statusCode }) => statusCode !== 201);
    expect(refused?.json()).toMatchObject({ reason: "tooManyOpenInquiries", values: { limit: 20 } });
    const [one] = (await mine()).items;
    await settle(one?.id ?? "", true);
    expect((await ask("One more?")).statusCode).toBe(201);
  });
});

describe("the inbox", () => {
  it("holds questions, flags and skips by kind and state, newest first, and settles and reopens each", async () => {
    await newProject();
    const { id: question } = await asked("Why?");
    const said = submissionFor(task, { flagged: true, comment: "Odd." });
    const judgement = (await annotator.send("POST", "/api/judgements", said)).json<{ judgementId: string }>()
      .judgementId;
    const { lease } = await claimOne(annotator, id);
    await annotator.send("POST", `/api/leases/${lease.id}/skip`, { leaseToken: lease.token, reason: "unsure" });
    const ids = async (query: string) => (await inbox(query)).map((one) => one.id);
    expect(await ids("?kind=all")).toEqual([lease.id, judgement, question]);
    expect(await ids("?kind=all&limit=1")).toEqual([lease.id]);
    expect(await ids(`?kind=all&limit=1&cursor=${judgement}`)).toEqual([question]);
    expect(await ids("?kind=judgement")).toEqual([judgement]);
    for (const remark of [lease.id, judgement, question]) {
      expect((await settle(remark, true)).statusCode).toBe(204);
      expect((await settle(remark, true)).statusCode).toBe(204);
    }
    expect(await ids("?kind=all&state=open")).toEqual([]);
    expect(await ids("?kind=all&state=done")).toEqual([lease.id, judgement, question]);
    expect((await inbox("?kind=all")).every(({ done }) => done)).toBe(true);
    expect((await mine()).items).toMatchObject([{ done: true, answer: null }]);
    await settle(judgement, false);
    expect(await ids("?kind=all&state=open")).toEqual([judgement]);
    expect(code(await settle(task.lease.id, true))).toEqual([404, "notThere"]);
    const { items } = (await admin.send("GET", "/api/audit?limit=4")).json<{ items: { action: string }[] }>();
    expect(items.map(({ action }) => action)).toEqual(Array(4).fill("remark.settled"));
  });
});
