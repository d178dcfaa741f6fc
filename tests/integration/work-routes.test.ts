import type { JudgementReceipt, JudgementView, LeasedTask, ProjectFigures, WorkItem } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { insertTasks, submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let annotator: Visitor;
let stranger: Visitor;
let projectId: string;

beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  ({ admin: stranger } = await newTenant(api.server, "eve@example.org"));
  annotator = await invite(admin, "annotator", "bob@example.org");
  const draft = { name: "Stories", overlap: 2, guideline: "Prefer the kinder one.", mustRead: false };
  projectId = (await admin.send("POST", "/api/projects", draft)).json<{ id: string }>().id;
  await insertTasks(api.server.database, projectId, { tasks: 5, overlap: 2, batch: 100 });
});
afterAll(() => api.close());

async function claim(who = annotator, count = 1): Promise<LeasedTask[]> {
  const response = await who.send("POST", `/api/work/${projectId}/claims`, { count });
  expect(response.statusCode).toBe(200);
  return response.json<{ tasks: LeasedTask[] }>().tasks;
}
const submit = (task: LeasedTask, change = {}, who = annotator) =>
  who.send("POST", "/api/judgements", submissionFor(task, change));
const code = (response: { json<T>(): T }) => response.json<{ code: string }>().code;

describe("the work routes", () => {
  it("lead an annotator from home through a judgement to the next, and back by undo", async () => {
    const home = (await annotator.send("GET", "/api/work")).json<{ items: WorkItem[] }>();
    expect(home.items).toMatchObject([{ projectId, name: "Stories", available: 5, today: 0, total: 0 }]);
    const guideline = await annotator.send("GET", `/api/work/${projectId}/guideline`);
    expect(guideline.json()).toMatchObject({ version: 1, text: "Prefer the kinder one." });

    const [task] = await claim();
    if (!task) throw new Error("no task");
    expect(JSON.stringify(task)).not.toContain("modelVersion");
    const submitted = await submit(task);
    expect(submitted.statusCode).toBe(201);
    const receipt = submitted.json<JudgementReceipt>();
    expect(receipt).toMatchObject({ created: true, surplus: false, today: 1 });
    expect(receipt.next?.taskId).not.toBe(task.taskId);

    const undone = await annotator.send("POST", `/api/judgements/${receipt.judgementId}/undo`, {
      idempotencyKey: "0197a0c0-0000-7000-8000-000000000001",
    });
    expect(undone.statusCode).toBe(200);
    expect(undone.json()).toMatchObject({
      taskId: task.taskId,
      previousAnswers: { preference: { choice: "graded", step: 2 } },
    });
    expect((await submit(undone.json<LeasedTask>())).statusCode).toBe(201);
  });

  it("keep, give back and skip a lease", async () => {
    const [task] = await claim();
    if (!task) throw new Error("no task");
    const send = (what: string) =>
      annotator.send("POST", `/api/leases/${task.lease.id}/${what}`, { leaseToken: task.lease.token });
    expect((await send("heartbeat")).statusCode).toBe(200);
    expect((await send("release")).statusCode).toBe(204);
    expect(code(await send("heartbeat"))).toBe("lease_expired");
    const [again] = await claim();
    const skipped = await annotator.send("POST", `/api/leases/${again?.lease.id}/skip`, {
      leaseToken: again?.lease.token,
    });
    expect(skipped.statusCode).toBe(200);
    expect(skipped.json<{ next: LeasedTask | null }>().next?.taskId).not.toBe(again?.taskId);
  });

  it("take a skip back, and show the guideline that a task is tied to beside the number of the one in force", async () => {
    const { id } = (
      await admin.send("POST", "/api/projects", { name: "Rules", guideline: "Old.", mustRead: false })
    ).json<{
      id: string;
    }>();
    await insertTasks(api.server.database, id, { tasks: 2, overlap: 1, batch: 100 });
    const claimed = await annotator.send("POST", `/api/work/${id}/claims`, { count: 1 });
    const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
    if (!task) throw new Error("no task");
    const said = { flagged: true, comment: "not fit to be read" };
    const lease = `/api/leases/${task.lease.id}`;
    await annotator.send("POST", `${lease}/skip`, { leaseToken: task.lease.token, ...said, reason: "unpleasant" });
    const idempotencyKey = "0197a0c0-0000-7000-8000-0000000000aa";
    const undone = await annotator.send("POST", `${lease}/undo-skip`, { idempotencyKey });
    expect(undone.statusCode).toBe(200);
    expect(undone.json()).toMatchObject({ taskId: task.taskId, note: said, guidelineVersion: 1 });
    const again = await admin.send("POST", `${lease}/undo-skip`, { idempotencyKey });
    expect([again.statusCode, code(again)]).toEqual([404, "not_found"]);
    await admin.send("PATCH", `/api/projects/${id}`, { guideline: "New." });
    const read = async (query: string) => (await annotator.send("GET", `/api/work/${id}/guideline${query}`)).json();
    expect(await read("?version=1")).toMatchObject({ version: 1, text: "Old.", inForce: 2 });
    expect(await read("")).toMatchObject({ version: 2, text: "New.", inForce: 2 });
  });

  it("name what is wrong: an answer of another kind, a changed body, another's lease, a foreign project", async () => {
    const [task] = await claim(admin);
    if (!task) throw new Error("no task");
    const wrong = await submit(task, { answer: { choice: "rated", score: 3 } }, admin);
    expect([wrong.statusCode, code(wrong)]).toEqual([422, "invalid_value"]);
    const foreign = await submit(task, {}, annotator);
    expect([foreign.statusCode, code(foreign)]).toEqual([404, "not_found"]);
    const idempotencyKey = "0197a0c0-0000-7000-8000-000000000002";
    expect((await submit(task, { idempotencyKey }, admin)).statusCode).toBe(201);
    const changed = await submit(task, { idempotencyKey, flagged: true }, admin);
    expect([changed.statusCode, code(changed)]).toEqual([409, "idempotency_conflict"]);
    const elsewhere = await stranger.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
    expect([elsewhere.statusCode, code(elsewhere)]).toEqual([404, "not_found"]);
  });
});

describe("figures and judgements", () => {
  it("show what was judged, page by page with its state, and count people, simulated and surplus apart", async () => {
    const figures = (await admin.send("GET", `/api/projects/${projectId}/figures`)).json<ProjectFigures>();
    expect(figures).toMatchObject({
      prompts: 5,
      completions: 10,
      wanted: 10,
      judgements: { person: 2, imported: 0, simulated: 0, surplus: 0, retracted: 1 },
      lastHour: 2,
      activeAnnotators: 2,
      medianSeconds: 4,
      timeline: [{ person: 2 }],
    });
    expect(figures.tasks.total).toBe(5);
    expect(figures.missing.closed).toBe(0);
    const { underway, waiting } = figures.missing;
    expect(figures.judgements.person + underway + waiting).toBe(figures.wanted);
    expect(figures.perHour).toBeNull();
    expect(figures.annotatorCount).toBe(2);
    // Two answers of eight bytes each, at 120 bytes a second.
    expect(figures.annotators.map(({ readingSeconds }) => readingSeconds)).toEqual([16 / 120, 16 / 120]);
    expect(figures.annotators.map(({ judgements }) => judgements)).toEqual([1, 1]);

    const seen: JudgementView[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const query = cursor ? `?limit=2&cursor=${cursor}` : "?limit=2";
      const page = await admin.send("GET", `/api/projects/${projectId}/judgements${query}`);
      const { items, next } = page.json<{ items: JudgementView[]; next: string | null }>();
      seen.push(...items);
      cursor = next;
    }
    expect(seen.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
      "answer counted",
      "answer counted",
      "retraction retracted",
      "answer retracted",
    ]);
    const one = await admin.send("GET", `/api/judgements/${seen[0]?.id}`);
    expect(one.json()).toEqual(seen[0]);
    expect((await stranger.send("GET", `/api/judgements/${seen[0]?.id}`)).statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/projects/${projectId}/figures`)).statusCode).toBe(404);
  });

  it("stand in the list of projects, with what is asked there and how far it is", async () => {
    const { items } = (await admin.send("GET", "/api/projects")).json<{ items: { id: string }[] }>();
    expect(items.find(({ id }) => id === projectId)).toMatchObject({ asks: ["preference"], wanted: 10, judged: 2 });
  });

  it("lead each figure to the judgements that it counts", async () => {
    const listed = async (filter: string) =>
      (await admin.send("GET", `/api/projects/${projectId}/judgements?${filter}`)).json<{ items: JudgementView[] }>();
    expect((await listed("state=counted&source=person&hours=1")).items).toHaveLength(2);
    expect((await listed("state=counted&source=imported")).items).toEqual([]);
    expect((await listed("state=surplus")).items).toEqual([]);
    expect((await listed("state=retracted")).items.map(({ state }) => state)).toEqual(["retracted"]);
    const [one] = (await listed("state=counted")).items;
    const ofOne = (await listed(`state=counted&member=${one?.member.id}`)).items;
    expect(ofOne.map(({ member }) => member.id)).toEqual([one?.member.id]);
  });

  it("tell how far two people agree on the tasks that both judged", async () => {
    const { database } = api.server;
    const second = await invite(admin, "annotator", "cyd@example.org");
    const { id } = (await admin.send("POST", "/api/projects", { name: "Agreed", overlap: 2 })).json<{ id: string }>();
    await insertTasks(database, id, { tasks: 6, overlap: 2, batch: 100, question: "rating" });
    for (const who of [annotator, second]) {
      let { tasks } = (await who.send("POST", `/api/work/${id}/claims`, { count: 1 })).json<{ tasks: LeasedTask[] }>();
      while (tasks[0]) {
        // Both look at the same thing: the task's id decides the score.
        const score = 1 + (Number.parseInt(tasks[0].taskId.slice(-2), 16) % 5);
        const next = (await submit(tasks[0], { answer: { choice: "rated", score } }, who)).json<JudgementReceipt>()
          .next;
        tasks = next ? [next] : [];
      }
    }
    const { agreement } = (await admin.send("GET", `/api/projects/${id}/figures`)).json<ProjectFigures>();
    expect(agreement).toMatchObject({ value: 1, pairs: 6, of: "rating" });
  });
});
