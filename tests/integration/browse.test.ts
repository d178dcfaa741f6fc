import { randomUUID } from "node:crypto";
import type {
  ItemChange,
  ItemPage,
  ItemsChanged,
  ItemView,
  JudgementReceipt,
  SavedViewView,
  SelectedLabelSet,
} from "@touchstone/contracts";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let reviewer: Visitor;
let people: Visitor[];
let stranger: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  reviewer = await invite(admin, "reviewer", "rae@example.org");
  people = [await invite(admin, "annotator", "ann@example.org"), await invite(admin, "annotator", "ben@example.org")];
  stranger = (await newTenant(api.server, "eve@elsewhere.example.org")).admin;
});
afterAll(() => api.close());
// The API that is up has told of judgements already, so that no promise to do so is left.
afterEach(async () =>
  expect((await brokenInvariants(api.server.database)).filter((broken) => !/promised/.test(broken))).toEqual([]),
);

const pair = (prompt: string, ...completions: string[]) => ({
  prompt,
  completions: completions.length > 0 ? completions : ["one", "another"],
});

async function projectOf(rows: readonly object[], overlap = 2): Promise<string> {
  const projectId = await newProject(admin, `browse ${randomUUID().slice(0, 8)}`, overlap);
  await importFile(admin, projectId, { format: "prompts" }, rows);
  return projectId;
}

const queryOf = (filter: Record<string, string | number>) =>
  new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();

async function page(projectId: string, filter: Record<string, string | number> = {}): Promise<ItemPage> {
  const answer = await reviewer.send("GET", `/api/projects/${projectId}/items?${queryOf(filter)}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<ItemPage>();
}

/** The prompts that a filter finds, in the order of their texts. */
const found = async (projectId: string, filter: Record<string, string | number>): Promise<string[]> =>
  (await page(projectId, filter)).items.map(({ excerpt }) => excerpt).sort();
const search = (projectId: string, q: string) => found(projectId, { q });

async function count(projectId: string, filter: Record<string, string> = {}): Promise<number | null> {
  const answer = await reviewer.send("GET", `/api/projects/${projectId}/items/count?${queryOf(filter)}`);
  return answer.json<{ count: number | null }>().count;
}

async function judge(projectId: string, who: Visitor, said: object = {}): Promise<{ taskId: string; id: string }> {
  const task = await claimOne(who, projectId);
  const answer = await who.send("POST", "/api/judgements", submissionFor(task, said));
  expect(answer.statusCode, answer.body).toBe(201);
  const { judgementId: id, next } = answer.json<JudgementReceipt>();
  // The answer carries the next task: whoever judges here leaves it to others.
  if (next) await who.send("POST", `/api/leases/${next.lease.id}/release`, { leaseToken: next.lease.token });
  return { taskId: task.taskId, id };
}

const memberOf = async (email: string): Promise<string> => {
  const found = await api.server.database.member.findFirstOrThrow({ where: { user: { email } } });
  return found.id;
};

describe("searching", () => {
  const texts = [
    "Why is the sky blue?",
    "天空为什么是蓝色的？",
    "Tell me about GPT-4 和 天空, please",
    "I love it 😀 so much",
    "Él comió une CRÈME brûlée",
    "Don't ask state-of-the-art models' e-mail ada@example.org",
    "日本語のテスト ＡＢＣ",
    "'); DROP TABLE task; -- & | ! <-> :* \\",
  ];
  let projectId: string;
  beforeAll(async () => {
    projectId = await projectOf([...texts.map((text) => pair(text)), pair("Weather", "It rains cats", "雨下得很大")]);
  });

  it("finds words in any case, in prompts and in answers, all of which must occur", async () => {
    expect(await search(projectId, "SKY blue")).toEqual(["Why is the sky blue?"]);
    expect(await search(projectId, "crème")).toEqual(["Él comió une CRÈME brûlée"]);
    expect(await search(projectId, "cats weather")).toEqual(["Weather"]);
    expect(await search(projectId, "cats blue")).toEqual([]);
    expect(await search(projectId, "abc")).toEqual(["日本語のテスト ＡＢＣ"]);
  });

  it("finds Chinese and Japanese by any part of a sentence, a single character too", async () => {
    expect(await search(projectId, "为什么")).toEqual(["天空为什么是蓝色的？"]);
    expect(await search(projectId, "空")).toEqual(["Tell me about GPT-4 和 天空, please", "天空为什么是蓝色的？"]);
    expect(await search(projectId, "的")).toEqual(["天空为什么是蓝色的？"]);
    expect(await search(projectId, "很大")).toEqual(["Weather"]);
    expect(await search(projectId, "テスト")).toEqual(["日本語のテスト ＡＢＣ"]);
    expect(await search(projectId, "天空 please")).toEqual(["Tell me about GPT-4 和 天空, please"]);
    expect(await search(projectId, "空天")).toEqual([]);
  });

  it("finds phrases, what begins so, emoji, and what does not have a word", async () => {
    expect(await search(projectId, '"is the sky"')).toEqual(["Why is the sky blue?"]);
    expect(await search(projectId, '"the is sky"')).toEqual([]);
    expect(await search(projectId, "“空为什么”")).toEqual(["天空为什么是蓝色的？"]);
    expect(await search(projectId, "weath*")).toEqual(["Weather"]);
    expect(await search(projectId, "😀")).toEqual(["I love it 😀 so much"]);
    expect(await search(projectId, "天空 -gpt")).toEqual(["天空为什么是蓝色的？"]);
    expect(await search(projectId, '-"the sky" -天空')).toHaveLength(6);
    expect(await search(projectId, "state-of-the-art")).toHaveLength(1);
    expect(await search(projectId, "ada@example.org")).toHaveLength(1);
  });

  it("takes every mark for text, and says when there is nothing in it to be found", async () => {
    expect(await search(projectId, "'); DROP TABLE task; --")).toHaveLength(1);
    for (const q of ["drop & table", "a:*b", "x'y\"z", "\\", "!!", "<->", "/split:train"]) {
      const answer = await reviewer.send("GET", `/api/projects/${projectId}/items?${queryOf({ q })}`);
      expect([200, 422], q).toContain(answer.statusCode);
    }
    const nothing = await reviewer.send("GET", `/api/projects/${projectId}/items?${queryOf({ q: "?!" })}`);
    expect(nothing.statusCode).toBe(422);
    expect(nothing.json()).toMatchObject({ reason: "nothingToSearch", path: "q" });
    // A text that looks like what filters look for is only words.
    expect(await search(projectId, "/split:train")).toEqual([]);
  });

  it("finds what people wrote, and keeps a judgement whatever is written", async () => {
    const { taskId } = await judge(projectId, people[0] as Visitor, { comment: "犹豫了 hesitated, 😶 \\ ' \" -- & !" });
    const items = (await page(projectId, { q: "犹豫 hesitated" })).items;
    expect(items.map(({ id }) => id)).toEqual([taskId]);
  });
});

describe("filters", () => {
  it("hold together, and count what the list has", async () => {
    const columns = { prompt: "p", a: "a", b: "b", aModel: "m", language: "lang", split: "split" };
    const rows = [0, 1, 2, 3].map((i) => ({
      p: `Question ${i}`,
      a: "yes",
      b: "no",
      m: i < 2 ? "GPT-4" : "other",
      lang: i % 2 === 0 ? "en" : "zh",
      split: i === 3 ? "test" : "train",
    }));
    const projectId = await newProject(admin, "filtered", 2);
    const brought = await importFile(admin, projectId, { format: "columns", mapping: JSON.stringify(columns) }, rows);
    expect(brought.statusCode, brought.body).toBe(201);
    expect(await found(projectId, { language: "zh" })).toEqual(["Question 1", "Question 3"]);
    expect(await found(projectId, { language: "ZH", model: "gpt-4" })).toEqual(["Question 1"]);
    expect(await found(projectId, { split: "test", language: "en" })).toEqual([]);
    expect(await found(projectId, { import: brought.json<{ id: string }>().id, split: "test" })).toEqual([
      "Question 3",
    ]);
    expect(await count(projectId, { language: "zh" })).toBe(2);
    const choices = (await reviewer.send("GET", `/api/projects/${projectId}/items/choices`)).json();
    expect(choices).toMatchObject({ languages: ["en", "zh"], people: [], questions: ["preference", "rating"] });
    expect(choices.models.map(({ name }: { name: string }) => name)).toEqual(["gpt-4", "other"]);
  });

  it("by person, time, flag, state and agreement speak of judgements that stand", async () => {
    const projectId = await projectOf([pair("Question 0"), pair("Question 1"), pair("Question 2")]);
    const [ann, ben] = people as [Visitor, Visitor];
    const before = new Date().toISOString();
    const flagged = await judge(projectId, ann, { flagged: true, answer: { choice: "graded", step: 1 } });
    await judge(projectId, ann);
    const after = new Date(Date.now() + 60_000).toISOString();
    const byAnn = { person: await memberOf("ann@example.org") };
    expect(await found(projectId, byAnn)).toHaveLength(2);
    expect(await found(projectId, { person: await memberOf("ben@example.org") })).toEqual([]);
    expect(await found(projectId, { ...byAnn, from: before, to: after })).toHaveLength(2);
    expect(await found(projectId, { to: before })).toEqual([]);
    expect((await page(projectId, { flagged: "true" })).items).toMatchObject([{ id: flagged.taskId, flags: 1 }]);
    await ann.send("POST", `/api/judgements/${flagged.id}/undo`, { idempotencyKey: randomUUID() });
    expect(await found(projectId, { flagged: "true" })).toEqual([]);

    const all = (await page(projectId)).items;
    expect(await found(projectId, { agreement: "single" })).toHaveLength(3);
    const { taskId } = await judge(projectId, ben, { answer: { choice: "graded", step: 1 } });
    const standing = (await page(projectId)).items.find(({ id }) => id === taskId);
    if (all.find(({ id }) => id === taskId)?.judgements === 1) {
      expect(standing).toMatchObject({ judgements: 2, state: "full" });
      expect(standing?.agreement).not.toBeNull();
      const kind = standing?.agreement === 1 ? "same" : "differ";
      expect((await page(projectId, { agreement: kind })).items.map(({ id }) => id)).toEqual([taskId]);
    }
    expect((await page(projectId, { state: "full" })).items.every(({ state }) => state === "full")).toBe(true);
  });

  it("are refused by name where they are out of form", async () => {
    const projectId = await projectOf([pair("Only")]);
    for (const filter of [{ split: "all" }, { from: "yesterday" }, { q: "" }, { order: "asc" }]) {
      const answer = await reviewer.send("GET", `/api/projects/${projectId}/items?${queryOf(filter)}`);
      expect([400, 422], JSON.stringify(filter)).toContain(answer.statusCode);
    }
  });
});

describe("pages", () => {
  it("neither repeat nor lose an item while others come and are judged", async () => {
    const projectId = await projectOf(Array.from({ length: 25 }, (_, i) => pair(`Question ${i}`)));
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const at: ItemPage = await page(projectId, { limit: 10, q: "question", ...(cursor ? { cursor } : {}) });
      seen.push(...at.items.map(({ id }) => id));
      cursor = at.next;
      await importFile(admin, projectId, { format: "prompts" }, [pair(`Question late ${seen.length}`)]);
      await judge(projectId, people[1] as Visitor);
    } while (cursor);
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
    expect(await count(projectId)).toBe(28);
  });
});

describe("an item", () => {
  it("tells its whole history: answers, judgements with what was undone, skips, label sets", async () => {
    const projectId = await projectOf([pair("Only one", "yes", "no")]);
    const [ann, ben] = people as [Visitor, Visitor];
    const first = await judge(projectId, ann, { comment: "first thought" });
    await ann.send("POST", `/api/judgements/${first.id}/undo`, { idempotencyKey: randomUUID() });
    await judge(projectId, ann, { answer: { choice: "graded", step: 7 } });
    const other = await claimOne(ben, projectId);
    await ben.send("POST", `/api/leases/${other.lease.id}/skip`, {
      leaseToken: other.lease.token,
      comment: "not mine",
    });
    await admin.send("GET", `/api/projects/${projectId}/exports?format=judgements`);
    const answer = await reviewer.send("GET", `/api/items/${first.taskId}`);
    expect(answer.statusCode, answer.body).toBe(200);
    const item = answer.json<ItemView>();
    expect(item.judgementHistory.map(({ state, kind }) => [kind, state])).toEqual([
      ["answer", "retracted"],
      ["retraction", "retracted"],
      ["answer", "counted"],
    ]);
    expect(item).toMatchObject({ judgements: 1, origin: "import", blind: false, held: 0, agreement: null });
    expect(item.completions.map(({ text }) => text).sort()).toEqual(["no", "yes"]);
    expect(item.skips).toMatchObject([{ comment: "not mine" }]);
    expect(item.labelSets).toMatchObject([{ judgements: 1 }]);
  });

  it("is nobody's but its workspace's, in every route", async () => {
    const projectId = await projectOf([pair("Private")]);
    const [{ id = "" } = {}] = (await page(projectId)).items;
    for (const url of [
      `/api/items/${id}`,
      ...["items", "items/count", "items/choices", "views"].map((of) => `/api/projects/${projectId}/${of}`),
    ]) {
      expect((await stranger.send("GET", url)).statusCode, url).toBe(404);
    }
    const theirs = await newProject(stranger, "Theirs", 2);
    const asked = { selection: { ids: [id] }, change: { kind: "pause" } };
    const answer = await stranger.send("POST", `/api/projects/${theirs}/items/changes`, asked);
    expect(answer.json()).toEqual({ selected: 1, changed: 0, left: [{ why: "gone", count: 1 }] });
    expect((await page(projectId)).items).toMatchObject([{ state: "open" }]);
  });
});

describe("a selection", () => {
  const change = async (projectId: string, what: ItemChange, more: object = {}): Promise<ItemsChanged> => {
    const asked = { selection: { filter: {} }, change: what, ...more };
    const answer = await admin.send("POST", `/api/projects/${projectId}/items/changes`, asked);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<ItemsChanged>();
  };

  it("reopens what is full for one answer more, says what it leaves, and does nothing when it is said again", async () => {
    const projectId = await projectOf([pair("Question 0"), pair("Question 1")], 1);
    const [ann, ben] = people as [Visitor, Visitor];
    const { taskId } = await judge(projectId, ann);
    const told = { selected: 2, changed: 1, left: [{ why: "open", count: 1 }] };
    expect(await change(projectId, { kind: "reopen", more: 1 }, { preview: true })).toEqual(told);
    expect((await page(projectId, { state: "full" })).items).toHaveLength(1);
    expect(await change(projectId, { kind: "reopen", more: 1 })).toEqual(told);
    expect(await change(projectId, { kind: "reopen", more: 1 })).toMatchObject({
      changed: 0,
      left: [{ why: "open", count: 2 }],
    });
    expect((await page(projectId)).items.find(({ id }) => id === taskId)).toMatchObject({ overlap: 2, state: "open" });
    await judge(projectId, ben);
    await judge(projectId, ben);
    expect((await page(projectId, { state: "full" })).items).toHaveLength(2);
  });

  it("pauses and resumes: nobody is given a paused item, and what is under way is taken", async () => {
    const projectId = await projectOf([pair("Question 0"), pair("Question 1")], 2);
    const [ann] = people as [Visitor];
    const task = await claimOne(ann, projectId);
    expect(await change(projectId, { kind: "pause" })).toEqual({ selected: 2, changed: 2, left: [] });
    const none = await people[1]?.send("POST", `/api/work/${projectId}/claims`, { count: 2 });
    expect(none?.json()).toMatchObject({ tasks: [] });
    expect((await ann.send("POST", "/api/judgements", submissionFor(task))).statusCode).toBe(201);
    expect(await change(projectId, { kind: "pause" })).toMatchObject({
      changed: 0,
      left: [{ why: "already", count: 2 }],
    });
    expect(await change(projectId, { kind: "reopen", more: 1 })).toMatchObject({ left: [{ why: "paused", count: 2 }] });
    expect(await change(projectId, { kind: "resume" })).toMatchObject({ changed: 2 });
    expect((await page(projectId)).items.map(({ state }) => state)).toEqual(["open", "open"]);
  });

  it("goes before or after the others by its batch", async () => {
    const projectId = await projectOf(Array.from({ length: 6 }, (_, i) => pair(`Question ${i}`)));
    const [last] = (await page(projectId)).items;
    if (!last) throw new Error("no item");
    expect(await change(projectId, { kind: "batch", batch: 1 }, { selection: { ids: [last.id] } })).toMatchObject({
      changed: 1,
    });
    expect((await claimOne(people[0] as Visitor, projectId)).taskId).toBe(last.id);
    const events = await api.server.database.auditEvent.findMany({
      where: { action: "items.changed", subject: projectId },
    });
    expect(events.map(({ detail }) => detail)).toEqual([{ kind: "batch", batch: 1, tasks: 1 }]);
  });

  it("makes a label set of what counts on it, one and the same when asked again, and goes out as an export", async () => {
    const projectId = await projectOf([pair("Question 0"), pair("Question 1"), pair("Question 2")], 1);
    await judge(projectId, people[0] as Visitor);
    const { taskId } = await judge(projectId, people[0] as Visitor, { comment: "mine" });
    const draft = { selection: { filter: { q: "mine" } } };
    const make = async (more: object = {}) =>
      (
        await admin.send("POST", `/api/projects/${projectId}/label-sets`, { ...draft, ...more })
      ).json<SelectedLabelSet>();
    expect(await make({ preview: true })).toMatchObject({ id: null, selected: 1, judgements: 1, itemsWithout: 0 });
    const made = await make();
    expect(made).toMatchObject({ judgements: 1, itemsWithout: 0, itemsOfEvaluations: 0 });
    expect((await make()).id).toBe(made.id);
    const sent = await admin.send("GET", `/api/label-sets/${made.id}/export?format=judgements`);
    expect(sent.headers["label-set-sha256"]).toBe(made.sha256);
    const lines = sent.body
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ task_id: taskId }]);
    const empty = await admin.send("POST", `/api/projects/${projectId}/label-sets`, {
      selection: { filter: { q: "nowhere" } },
    });
    expect(empty.json()).toMatchObject({ reason: "nothingToFreeze" });
    expect((await stranger.send("GET", `/api/label-sets/${made.id}/export?format=judgements`)).statusCode).toBe(404);
    // The whole project's set has the hash that it had before sets of a selection could be made.
    const whole = await admin.send("GET", `/api/projects/${projectId}/exports?format=judgements`);
    expect((await make({ selection: { filter: {} } })).sha256).toBe(whole.headers["label-set-sha256"]);
  });
});

describe("saved views", () => {
  it("are of all staff of the project, and their maker's or an admin's to rename and delete", async () => {
    const projectId = await projectOf([pair("Only")]);
    const url = `/api/projects/${projectId}/views`;
    const made = await reviewer.send("POST", url, { name: "天空", filter: { q: "天空", split: "test" } });
    expect(made.statusCode, made.body).toBe(201);
    const { id } = made.json<SavedViewView>();
    const taken = await admin.send("POST", url, { name: "天空", filter: {} });
    expect(taken.json()).toMatchObject({ status: 409, reason: "viewNameTaken" });
    const mine = (await admin.send("POST", url, { name: "mine", filter: {} })).json<SavedViewView>();
    expect((await reviewer.send("PATCH", `/api/views/${mine.id}`, { name: "theirs" })).statusCode).toBe(404);
    expect((await reviewer.send("PATCH", `/api/views/${id}`, { name: "sky" })).statusCode).toBe(200);
    const listed = (await reviewer.send("GET", url)).json<{ items: SavedViewView[] }>().items;
    expect(listed.map(({ name, filter }) => [name, filter])).toEqual([
      ["mine", {}],
      ["sky", { q: "天空", split: "test" }],
    ]);
    expect((await admin.send("DELETE", `/api/views/${id}`)).statusCode).toBe(204);
    expect((await stranger.send("DELETE", `/api/views/${mine.id}`)).statusCode).toBe(404);
  });
});
