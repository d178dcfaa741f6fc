import { randomUUID } from "node:crypto";
import type { LeasedTask, RemarkView, SkipView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject, receiptOf } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let reviewer: Visitor;
let annotator: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  reviewer = await invite(admin, "reviewer", "rae@example.org");
  annotator = await invite(admin, "annotator", "ann@example.org");
});
afterAll(() => api.close());

const prompts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ prompt: `Question ${index}`, completions: ["yes", "no"] }));

/** A project in which the annotator has something on the desk. */
async function projectWith(name: string, tasks: number): Promise<string> {
  const projectId = await newProject(admin, name, 2);
  await importFile(admin, projectId, { format: "prompts" }, prompts(tasks));
  return projectId;
}

async function nextTask(projectId: string): Promise<LeasedTask> {
  const claimed = await annotator.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  if (!task) throw new Error("There was no task.");
  return task;
}

async function skip(projectId: string, said: object = {}): Promise<LeasedTask> {
  const task = await nextTask(projectId);
  const { id, token } = task.lease;
  const answer = await annotator.send("POST", `/api/leases/${id}/skip`, { leaseToken: token, ...said });
  expect(answer.statusCode).toBe(200);
  return task;
}

async function judge(projectId: string, said: object): Promise<string> {
  const task = await nextTask(projectId);
  const answer = await annotator.send("POST", "/api/judgements", submissionFor(task, said));
  return answer.json<{ judgementId: string }>().judgementId;
}

async function remarks(projectId: string, query = "") {
  const answer = await reviewer.send("GET", `/api/projects/${projectId}/remarks${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ items: RemarkView[]; next: string | null }>();
}

const said = { flagged: true, comment: "Answer A names its model", reason: "broken" };

describe("what is said at the desk", () => {
  it("is listed for staff, newest first: skips with their flag, comment and reason, and judgements with theirs", async () => {
    const projectId = await projectWith("heard", 5);
    const skipped = await skip(projectId, said);
    await judge(projectId, { flagged: false, comment: "" });
    const judged = await judge(projectId, { flagged: true, comment: "Both are rude" });
    await skip(projectId);
    const { items, next } = await remarks(projectId);
    expect(items).toMatchObject([
      { kind: "judgement", id: judged, flagged: true, comment: "Both are rude", reason: null },
      { kind: "skip", id: skipped.lease.id, taskId: skipped.taskId, ...said, answers: null },
    ]);
    expect(items[1]?.prompt).toEqual(skipped.prompt.messages);
    expect(next).toBeNull();
    const all = await remarks(projectId, "?silentSkips=true");
    expect(all.items.map(({ kind, comment }) => [kind, comment])).toEqual([
      ["skip", ""],
      ["judgement", "Both are rude"],
      ["skip", said.comment],
    ]);
  });

  it("comes page by page, each remark once", async () => {
    const projectId = await projectWith("paged", 7);
    for (let turn = 0; turn < 3; turn++) {
      await skip(projectId, { comment: `skip ${turn}` });
      await judge(projectId, { comment: `judgement ${turn}` });
    }
    const seen: string[] = [];
    let next: string | null = "";
    while (next !== null) {
      const page = await remarks(projectId, `?limit=2${next === "" ? "" : `&cursor=${next}`}`);
      seen.push(...page.items.map(({ comment }) => comment));
      next = page.next;
    }
    expect(seen).toEqual([2, 1, 0].flatMap((turn) => [`judgement ${turn}`, `skip ${turn}`]));
  });

  it("shows a skip with its task as it was shown", async () => {
    const projectId = await projectWith("shown", 2);
    const task = await skip(projectId, said);
    const view = (await reviewer.send("GET", `/api/skips/${task.lease.id}`)).json<SkipView>();
    expect(view).toMatchObject({ ...said, taskId: task.taskId, projectId, questions: task.questions });
    expect(view.shownOrder.map((index) => view.completions[index]?.id)).toEqual(task.completions.map(({ id }) => id));
    expect(view.prompt.messages).toEqual(task.prompt.messages);
  });

  it("is gone with an undo, from the list, from its own page and from the raw export", async () => {
    const projectId = await projectWith("undone", 2);
    const task = await skip(projectId, said);
    expect(await exportRows(admin, projectId, "judgements")).toHaveLength(1);
    const path = `/api/leases/${task.lease.id}/undo-skip`;
    expect((await annotator.send("POST", path, { idempotencyKey: randomUUID() })).statusCode).toBe(200);
    expect((await remarks(projectId, "?silentSkips=true")).items).toEqual([]);
    const gone = await reviewer.send("GET", `/api/skips/${task.lease.id}`);
    expect(gone.json()).toMatchObject({ status: 404, reason: "notThere", values: { kind: "skip" } });
    expect(await exportRows(admin, projectId, "judgements")).toEqual([]);
  });
});

describe("the raw export", () => {
  it("has a skip as a row of its own kind, and says how many before it is downloaded", async () => {
    const projectId = await projectWith("raw", 3);
    const task = await skip(projectId, said);
    await judge(projectId, { comment: "fine" });
    const counts = await admin.send("GET", `/api/projects/${projectId}/exports/counts`);
    expect(counts.json()).toMatchObject({ rows: { judgements: 1 }, skips: 1 });
    const rows = await exportRows(admin, projectId, "judgements");
    expect(rows.map(({ kind }) => kind)).toEqual(["judgement", "skip"]);
    const { completions, shown_order: shownOrder, created_at: createdAt, ...row } = rows[1] ?? {};
    expect(row).toMatchObject({
      skip_id: task.lease.id,
      source: "person",
      question: "preference",
      task_id: task.taskId,
      skip_reason: "broken",
      flagged: true,
      comment: "Answer A names its model",
      blind: false,
      prompt: task.prompt.messages,
      evaluation_id: null,
      guideline_version: 1,
    });
    expect(row).not.toHaveProperty("answer");
    const answers = z.array(z.object({ text: z.string() })).parse(completions);
    const shown = z.array(z.number()).parse(shownOrder);
    expect(shown.map((index) => answers[index]?.text)).toEqual(task.completions.map(({ text }) => text));
    expect(Number.isNaN(Date.parse(String(createdAt)))).toBe(false);
  });

  it("comes back with its skips: known for what it is, said by name, and adding nothing", async () => {
    const projectId = await projectWith("back", 3);
    await skip(projectId, said);
    await judge(projectId, { comment: "fine" });
    const rows = await exportRows(admin, projectId, "judgements");
    const receipt = (await receiptOf(admin, projectId, {}, rows)).json();
    expect(receipt).toMatchObject({ format: "judgements", reason: "ownExport", counts: { votes: 1, badRows: 0 } });
    expect(receipt.warnings).toContainEqual({ code: "skipRows", weight: "confirm", values: { count: 1 }, lines: [2] });
    const nothing = { prompts: 0, completions: 0, tasks: 0, judgements: 0, duplicates: 1 };
    expect((await importFile(admin, projectId, { format: "judgements" }, rows)).json()).toMatchObject(nothing);
    expect(await exportRows(admin, projectId, "judgements")).toEqual(rows);
    const elsewhere = await newProject(admin, "elsewhere", 2);
    const moved = await importFile(admin, elsewhere, { format: "judgements" }, rows);
    expect(moved.json()).toMatchObject({ prompts: 1, tasks: 1, judgements: 1 });
  });

  it("of skips alone is refused in words, on its receipt already", async () => {
    const projectId = await projectWith("only skips", 2);
    await skip(projectId, said);
    const rows = await exportRows(admin, projectId, "judgements");
    const receipt = (await receiptOf(admin, projectId, {}, rows)).json();
    expect(receipt).toMatchObject({ format: "judgements", counts: { prompts: 0, tasks: 0, votes: 0, badRows: 0 } });
    expect(receipt.warnings).toContainEqual({ code: "skipRows", weight: "stop", values: { count: 1 }, lines: [1] });
    expect((await importFile(admin, projectId, { format: "judgements" }, rows)).json()).toMatchObject({
      detail: "One row is a skip (line 1): what was said there is not imported.",
    });
  });

  it("of an older version, without kinds, is still read and adds nothing to its own project", async () => {
    const projectId = await projectWith("older", 3);
    await judge(projectId, { comment: "fine" });
    const rows = await exportRows(admin, projectId, "judgements");
    const older = rows.map(({ kind: _kind, blind: _blind, ...row }) => row);
    expect((await receiptOf(admin, projectId, {}, older)).json()).toMatchObject({ reason: "ownExport" });
    const nothing = { prompts: 0, completions: 0, tasks: 0, judgements: 0, duplicates: 1 };
    expect((await importFile(admin, projectId, { format: "judgements" }, older)).json()).toMatchObject(nothing);
  });
});
