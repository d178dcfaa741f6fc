import { randomUUID } from "node:crypto";
import { LabelSetDetails, LabelSetDiff, type LabelSetRow } from "@touchstone/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, judgeAll, projectAsking, sendAnswers } from "../harness/asked-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let bob: Visitor;
let projectId: string;
const rows = Array.from({ length: 6 }, (_, n) => ({ prompt: `Why ${n}?`, completions: [`Because ${n}.`, `No ${n}.`] }));
const preferring = (step: number) => () => ({ better: { choice: "graded", step } });

beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  bob = await invite(admin, "annotator", "bob@example.org");
  projectId = await projectAsking(admin, [{ name: "better", kind: "preference" }], rows);
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
  await judgeAll(bob, projectId, 3, preferring(2));
});
afterAll(() => api.close());

async function freeze(name: string, filter: object = {}): Promise<string> {
  const made = await admin.send("POST", `/api/projects/${projectId}/label-sets`, { name, selection: { filter } });
  expect(made.statusCode, made.body).toBe(200);
  return made.json<{ id: string }>().id;
}

it("a label set has a page: who froze it and how, what is in it, where it is", async () => {
  const id = await freeze("First three");
  const answer = await admin.send("GET", `/api/label-sets/${id}`);
  const told = LabelSetDetails.parse(answer.json());
  expect(told).toMatchObject({
    ...{ id, name: "First three", judgements: 3, items: 3, prompts: 3, deleted: 0, leftOutSince: 0, latest: false },
    ...{ selection: { kind: "filter", filter: {} }, includesEvaluations: false },
    labelled: [{ source: "person", annotators: 1, judgements: 3 }],
    kinds: [{ kind: "preference", answers: 3 }],
    guidelines: [{ version: 1, judgements: 3 }],
    agreement: [{ name: "better", kind: "preference", alpha: null }],
    usedBy: { runs: [], models: [], evaluations: [] },
    exports: { count: 0, last: null },
  });
  // Frozen again it is the same set, and keeps its name.
  const again = await admin.send("POST", `/api/projects/${projectId}/label-sets`, {
    ...{ name: "Another name", selection: { filter: {} } },
  });
  expect(again.json()).toMatchObject({ id, name: "First three" });
  await admin.send("PATCH", `/api/label-sets/${id}`, { name: "Three" });
  const list = await admin.send("GET", `/api/projects/${projectId}/label-sets`);
  expect(list.json<{ items: LabelSetRow[] }>().items).toMatchObject([{ id, name: "Three", judgements: 3, runs: 0 }]);
});

it("a label set is compared with another: what is new, said anew, taken back, left out, not chosen", async () => {
  const before = await freeze("Before");
  const db = api.server.database;
  const [corrected, leftOut, retracted] = await db.judgement.findMany({
    where: { projectId, kind: "answer" },
    orderBy: { id: "asc" },
  });
  const correction = {
    ...{ idempotencyKey: randomUUID(), answers: { better: { choice: "graded", step: 6 } } },
    ...{ timings: { visibleMs: 900, activeMs: 900 }, client: { locale: "en", viewport: "800x600", input: "api" } },
  };
  const said = await bob.send("POST", `/api/judgements/${corrected?.id}/correct`, correction);
  expect(said.statusCode, said.body).toBe(201);
  const what = { kind: "judgement", judgementId: leftOut?.id };
  await admin.send("POST", `/api/projects/${projectId}/left-out`, { what, reason: "careless" });
  await bob.send("POST", `/api/judgements/${retracted?.id}/undo`, { idempotencyKey: randomUUID() });
  // What was undone comes again to whoever undid it.
  const freed = await claimOne(bob, projectId);
  await bob.send("POST", `/api/leases/${freed.lease.id}/skip`, { leaseToken: freed.lease.token });
  const task = await claimOne(bob, projectId);
  await sendAnswers(bob, task, preferring(3)());
  const after = await freeze("After");
  const url = `/api/label-sets/${after}/diff?against=${before}`;
  const diff = LabelSetDiff.parse((await admin.send("GET", url)).json());
  expect(diff).toMatchObject({ set: { id: after, judgements: 2 }, against: { id: before, judgements: 3 }, same: 0 });
  expect(Object.fromEntries(diff.counts.map(({ why, count }) => [why, count]))).toEqual({
    ...{ revised: 1, left_out: 1, retracted: 1, new: 1 },
  });
  const revised = diff.items.find(({ why }) => why === "revised");
  expect(revised).toMatchObject({ replaced: corrected?.id, itemId: corrected?.taskId, excerpt: expect.any(String) });
  // By pages each difference once.
  const seen: string[] = [];
  let cursor = "";
  do {
    const page = LabelSetDiff.parse((await admin.send("GET", `${url}&limit=1${cursor}`)).json());
    seen.push(...page.items.map(({ judgementId }) => judgementId));
    cursor = page.next === null ? "" : `&cursor=${page.next}`;
  } while (cursor !== "");
  expect(seen).toEqual(diff.items.map(({ judgementId }) => judgementId));
  const alone = LabelSetDiff.parse((await admin.send("GET", `${url}&why=left_out`)).json());
  expect(alone.items.map(({ judgementId }) => judgementId)).toEqual([leftOut?.id]);
  const part = await freeze("One item", {
    q: `"Why ${rows.findIndex(({ prompt }) => revised?.excerpt === prompt)}"`,
  });
  const unchosen = LabelSetDiff.parse(
    (await admin.send("GET", `/api/label-sets/${part}/diff?against=${after}`)).json(),
  );
  expect(unchosen.counts).toEqual([{ why: "unchosen", count: 1 }]);
  expect(unchosen.same).toBe(1);
  const backwards = LabelSetDiff.parse(
    (await admin.send("GET", `/api/label-sets/${after}/diff?against=${part}`)).json(),
  );
  expect(backwards.counts).toEqual([{ why: "chosen", count: 1 }]);
});
