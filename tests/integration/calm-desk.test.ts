import { randomUUID } from "node:crypto";
import type {
  ImportReceipt,
  ItemChange,
  ItemPage,
  ItemsChanged,
  ItemView,
  JudgementReceipt,
  LeasedTask,
  OwnDay,
  ProjectFigures,
} from "@touchstone/contracts";
import { lettersOf } from "@touchstone/labeling";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { exportRows, importFile, importUnseen, newProject, receiptOf } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let annotator: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  annotator = await invite(admin, "annotator", "ann@example.org");
});
afterAll(() => api.close());

async function projectOf(rows: readonly object[], settings: object = {}): Promise<string> {
  const projectId = await newProject(admin, `calm ${randomUUID().slice(0, 8)}`, 1);
  await change(projectId, { repeatShare: 0, ...settings });
  await importFile(admin, projectId, { format: "prompts" }, rows);
  return projectId;
}

async function change(projectId: string, settings: object): Promise<void> {
  const answer = await admin.send("PATCH", `/api/projects/${projectId}`, settings);
  expect(answer.statusCode, answer.body).toBe(200);
}

async function items(projectId: string, query = ""): Promise<ItemPage> {
  const answer = await admin.send("GET", `/api/projects/${projectId}/items${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<ItemPage>();
}

const excerptsOf = ({ items: found }: ItemPage): string[] => found.map(({ excerpt }) => excerpt).sort();

async function changeItems(projectId: string, what: ItemChange, filter: object = {}): Promise<ItemsChanged> {
  const body = { selection: { filter }, change: what };
  const answer = await admin.send("POST", `/api/projects/${projectId}/items/changes`, body);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<ItemsChanged>();
}

/** All tasks of a project as the desk gets them, each skipped with what is said. */
async function skipAll(projectId: string, said: object = {}): Promise<LeasedTask[]> {
  const seen: LeasedTask[] = [];
  const claimed = await annotator.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  let [task] = claimed.json<{ tasks: (LeasedTask | null)[] }>().tasks;
  while (task) {
    seen.push(task);
    const { id, token } = task.lease;
    const answer = await annotator.send("POST", `/api/leases/${id}/skip`, { leaseToken: token, ...said });
    task = answer.json<{ next: LeasedTask | null }>().next;
  }
  return seen;
}

const blurredOf = (tasks: readonly LeasedTask[]): string[] =>
  tasks.flatMap(({ prompt, blurred }) => (blurred ? [prompt.messages[0]?.content ?? ""] : [])).sort();

const rows = [
  { prompt: "marked", completions: ["a", "b"], sensitive: true },
  { prompt: "said not to be", completions: ["a", "b"], sensitive: false },
  { prompt: "silent", completions: ["a", "b"] },
];

describe("what is sensitive", () => {
  it("is marked by an import and blurred as the project says: what is marked, everything, or nothing", async () => {
    const blurs = { marked: ["marked"], everything: ["marked", "said not to be", "silent"], never: [] };
    for (const [blur, blurred] of Object.entries(blurs)) {
      const projectId = await projectOf(rows, blur === "marked" ? {} : { blur });
      expect(blurredOf(await skipAll(projectId))).toEqual(blurred);
    }
  });

  it("keeps its mark when a later file is silent of it or denies it, and gets it from one that has it", async () => {
    const projectId = await projectOf(rows);
    await importFile(admin, projectId, { format: "prompts" }, [
      { prompt: "marked", completions: ["a", "c"], sensitive: false },
      { prompt: "silent", completions: ["a", "c"], sensitive: true },
    ]);
    expect(new Set(excerptsOf(await items(projectId, "?sensitive=true")))).toEqual(new Set(["marked", "silent"]));
  });

  it("loses the mark with the undo of the import that made it, unless another import or the staff has made it too", async () => {
    const silent = ["one", "two", "three", "four"].map((prompt) => ({ prompt, completions: ["a", "b"] }));
    const projectId = await projectOf(silent);
    const marking = async (prompts: readonly string[], other: string) => {
      const file = prompts.map((prompt) => ({ prompt, completions: ["a", other], sensitive: true }));
      const made = await importFile(admin, projectId, { format: "prompts" }, file);
      return made.json<{ id: string }>().id;
    };
    const first = await marking(["one", "two", "three"], "first");
    const second = await marking(["two", "new"], "second");
    // The staff decides, and no import has a say in it any more.
    await changeItems(projectId, { kind: "unmark" }, { q: "three" });
    await changeItems(projectId, { kind: "mark" }, { q: "three" });
    const markedNow = async () => new Set(excerptsOf(await items(projectId, "?sensitive=true")));
    expect(await markedNow()).toEqual(new Set(["one", "two", "three", "new"]));
    const undo = async (id: string) => expect((await admin.send("DELETE", `/api/imports/${id}`)).statusCode).toBe(200);
    await undo(first);
    expect(await markedNow()).toEqual(new Set(["two", "three", "new"]));
    await undo(second);
    expect(await markedNow()).toEqual(new Set(["three"]));
  });

  it("is hidden from the staff as at the desk, in the list, on the item, the judgement and the skip, and in the inbox", async () => {
    for (const [blur, expected] of [
      ["marked", [true, false]],
      ["never", [false, false]],
    ] as const) {
      const projectId = await projectOf([rows[0] ?? {}, rows[2] ?? {}], { blur });
      const seen = await skipAll(projectId, { flagged: true, comment: "See." });
      const listed = (await items(projectId)).items.toSorted((one, other) => one.excerpt.localeCompare(other.excerpt));
      expect(listed.map(({ blurred }) => blurred)).toEqual(expected);
      const item = (await admin.send("GET", `/api/items/${listed[0]?.id}`)).json<ItemView>();
      expect(item.blurred).toBe(expected[0]);
      const { items: remarks } = (await admin.send("GET", `/api/projects/${projectId}/remarks`)).json<{
        items: { id: string; taskId: string; blurred: boolean }[];
      }>();
      expect(remarks).toHaveLength(seen.length);
      for (const remark of remarks) {
        const isMarked = remark.taskId === listed[0]?.id;
        expect(remark.blurred).toBe(isMarked && expected[0]);
        const skip = (await admin.send("GET", `/api/skips/${remark.id}`)).json<{ blurred: boolean }>();
        expect(skip.blurred).toBe(remark.blurred);
      }
      expect((await admin.send("GET", `/api/projects/${projectId}/remarks/open`)).json()).toMatchObject({ flags: 2 });
    }
  });

  it("is read from any column that is mapped, in a table too, and refused where it is neither true nor false", async () => {
    const projectId = await projectOf([]);
    const mapping = { prompt: "q", a: "answer_a", b: "answer_b", sensitive: "nsfw" };
    const table = [
      { q: "bad", answer_a: "x", answer_b: "y", nsfw: "TRUE" },
      { q: "fine", answer_a: "x", answer_b: "y", nsfw: "" },
    ];
    await importFile(admin, projectId, { format: "columns", mapping: JSON.stringify(mapping) }, table);
    expect(excerptsOf(await items(projectId, "?sensitive=true"))).toEqual(["bad"]);
    const proposed = await receiptOf(admin, projectId, {}, table);
    expect(proposed.json<ImportReceipt>().mapping).toMatchObject({ sensitive: "nsfw" });
    const refused = await importUnseen(admin, projectId, { format: "prompts" }, [
      { prompt: "p", completions: ["a", "b"], sensitive: "maybe" },
    ]);
    expect(refused.statusCode).toBe(422);
    expect(refused.json()).toMatchObject({ code: "invalid_line", path: "lines.1.sensitive" });
  });

  it("is marked and unmarked from a selection, with all items of the same prompts, which says so in the audit", async () => {
    const projectId = await projectOf([rows[2] ?? {}, { prompt: "other", completions: ["a", "b", "c"] }]);
    const marked = await changeItems(projectId, { kind: "mark" }, { q: "other" });
    expect(marked).toEqual({ selected: 3, changed: 3, left: [] });
    expect(await changeItems(projectId, { kind: "mark" })).toMatchObject({
      changed: 1,
      left: [{ why: "already", count: 3 }],
    });
    expect((await items(projectId)).items.map(({ sensitive }) => sensitive)).toEqual([true, true, true, true]);
    expect(await changeItems(projectId, { kind: "unmark" }, { q: "silent" })).toMatchObject({ changed: 1 });
    expect(excerptsOf(await items(projectId, "?sensitive=true"))).toEqual(["other", "other", "other"]);
    const events = await api.server.database.auditEvent.findMany({
      where: { action: "items.changed", subject: projectId },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ detail }) => detail)).toMatchObject([
      { kind: "mark", tasks: 3 },
      { kind: "mark", tasks: 1 },
      { kind: "unmark", tasks: 1 },
    ]);
  });

  it("goes with copies and exported files of the project, and with every export of what was judged", async () => {
    const projectId = await projectOf(rows, { blur: "everything" });
    const copied = await admin.send("POST", `/api/projects/${projectId}/copies`, { name: "again", take: "prompts" });
    const copy = copied.json<{ id: string; blur: string }>();
    expect(copy.blur).toBe("everything");
    expect(excerptsOf(await items(copy.id, "?sensitive=true"))).toEqual(["marked"]);
    const file = (await admin.send("GET", `/api/projects/${projectId}/file`)).json<{ blur?: string }>();
    expect(file.blur).toBe("everything");

    const { lease } = await claimOne(annotator, projectId);
    await annotator.send("POST", `/api/leases/${lease.id}/skip`, { leaseToken: lease.token, reason: "sensitive" });
    for (let task: LeasedTask | null = await claimOne(annotator, projectId); task; ) {
      const answer = await annotator.send("POST", "/api/judgements", submissionFor(task));
      task = answer.json<JudgementReceipt>().next;
    }
    const raw = await exportRows(admin, projectId, "judgements");
    expect(raw.map(({ prompt, sensitive }) => [prompt, sensitive])).toHaveLength(3);
    for (const { prompt, sensitive } of raw) {
      expect(sensitive).toBe((prompt as { content: string }[])[0]?.content === "marked");
    }
    expect(raw.filter(({ kind }) => kind === "skip")).toMatchObject([{ skip_reason: "sensitive" }]);
    for (const row of await exportRows(admin, projectId, "trl-preference")) {
      const isMarked = (row.prompt as { content: string }[])[0]?.content === "marked";
      expect("sensitive" in row ? row.sensitive : false).toBe(isMarked);
    }
    const other = await projectOf([]);
    await importFile(
      admin,
      other,
      { format: "judgements" },
      raw.filter(({ kind }) => kind === "judgement"),
    );
    expect((await items(other, "?sensitive=true")).items).toHaveLength(
      raw.filter((row) => row.kind === "judgement" && row.sensitive).length,
    );
  });

  it("passed by while blurred is no remark, and stands in no figure that people are compared by", async () => {
    const projectId = await projectOf(rows);
    expect(await skipAll(projectId, { reason: "sensitive" })).toHaveLength(3);
    const remarks = (await admin.send("GET", `/api/projects/${projectId}/remarks`)).json<{ items: unknown[] }>();
    expect(remarks.items).toEqual([]);
    const figures = (await admin.send("GET", `/api/projects/${projectId}/figures`)).json<ProjectFigures>();
    expect(figures).toMatchObject({ annotators: [], medianSeconds: null, lastHour: 0 });
    const own = (await annotator.send("GET", `/api/work/${projectId}/own-day`)).json<OwnDay>();
    expect(own).toEqual({
      judgements: 0,
      medianSeconds: null,
      haste: { fast: 0, decisions: 0 },
      consistency: null,
    });
  });
});

describe("a decision faster than reading", () => {
  it("is counted by the database as by labeling, whatever the script", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "grapheme", maxLength: 60 }), { maxLength: 40 }), async (texts) => {
        // Postgres stores no NUL, and half of a pair is no character.
        const stored = [...texts.map((text) => text.replaceAll("\0", "")), "かな漢字한글 𠮷 यह क्या ก", "plain"];
        const counted = await api.server.database.$queryRaw<{ letters: number }[]>`
          SELECT letters_of(given) AS letters FROM unnest(${stored}::text[]) WITH ORDINALITY AS s(given, place) ORDER BY place`;
        expect(counted.map(({ letters }) => letters)).toEqual(stored.map(lettersOf));
      }),
      { numRuns: 20, seed: 7 },
    );
  });

  const judge = async (task: LeasedTask, visibleMs: number): Promise<JudgementReceipt> => {
    const timings = { visibleMs, activeMs: visibleMs, firstScrollMs: null };
    const answer = await annotator.send("POST", "/api/judgements", submissionFor(task, { timings }));
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json<JudgementReceipt>();
  };
  const itemOf = async (taskId: string) => (await admin.send("GET", `/api/items/${taskId}`)).json<ItemView>();
  const marksOf = async (taskId: string) =>
    (await itemOf(taskId)).judgementHistory.flatMap(({ kind, fasterThanReading }) =>
      kind === "answer" ? [fasterThanReading] : [],
    );

  it("is one below the bound, which known texts have: it is marked on its item, found, counted and exported", async () => {
    // 1,200 letters take 10 seconds at least: of Latin and Cyrillic one each, of Chinese a third as many characters.
    const projectId = await projectOf([
      { prompt: "latin", completions: ["a".repeat(600), "b".repeat(600)] },
      { prompt: "cyrillic", completions: ["я".repeat(600), "ю".repeat(600)] },
      { prompt: "chinese", completions: ["读".repeat(200), "快".repeat(200)] },
      { prompt: "a long one".repeat(500), completions: ["yes", "no"] },
    ]);
    const marked: string[] = [];
    let task: LeasedTask | null = await claimOne(annotator, projectId);
    for (let turn = 0; task; turn++) {
      const prompt = task.prompt.messages[0]?.content ?? "";
      // The prompt is left out, and a second is time enough for two words.
      const isShort = prompt.startsWith("a long");
      const fast = !isShort && turn % 2 === 0;
      if (fast) marked.push(prompt);
      const { next } = await judge(task, isShort ? 1_000 : 10_000 - Number(fast));
      expect(await marksOf(task.taskId)).toEqual([fast]);
      task = next;
    }
    expect(marked.length).toBeGreaterThan(0);
    const found = await items(projectId, "?fasterThanReading=true");
    expect(excerptsOf(found)).toEqual(marked.toSorted());
    expect(found.lookedAt).toBe(4);
    const haste = { fast: marked.length, decisions: 4 };
    const figures = (await admin.send("GET", `/api/projects/${projectId}/figures`)).json<ProjectFigures>();
    expect(figures.annotators).toMatchObject([{ haste }]);
    const own = (await annotator.send("GET", `/api/work/${projectId}/own-day`)).json<OwnDay>();
    expect(own).toMatchObject({ judgements: 4, haste, consistency: null });
    expect(own.medianSeconds).toBeCloseTo(10, 1);
    const raw = await exportRows(admin, projectId, "judgements");
    const promptOf = (row: Record<string, unknown>) => (row.prompt as { content: string }[])[0]?.content;
    expect(raw.flatMap((row) => (row.faster_than_reading ? [promptOf(row)] : [])).sort()).toEqual(marked.toSorted());
    expect(raw.filter((row) => row.faster_than_reading === false)).toHaveLength(4 - marked.length);
    const elsewhere = await invite(admin, "annotator", `${randomUUID()}@example.org`);
    const theirs = (await elsewhere.send("GET", `/api/work/${projectId}/own-day`)).json<OwnDay>();
    expect(theirs).toMatchObject({ judgements: 0, haste: { fast: 0, decisions: 0 } });
  });

  it("is none where the texts were read before: after an undo, as a repeat, or in another task of the prompt", async () => {
    const [a, b, c] = ["a", "b", "c"].map((letter) => letter.repeat(600));
    const projectId = await projectOf([{ prompt: "three", completions: [a, b, c] }]);
    const first = await claimOne(annotator, projectId);
    const { judgementId, next } = await judge(first, 60_000);
    const undone = await annotator.send("POST", `/api/judgements/${judgementId}/undo`, {
      idempotencyKey: randomUUID(),
    });
    await judge(undone.json<LeasedTask>(), 300);
    expect(await marksOf(first.taskId)).toEqual([false, false]);
    // Of three pairs of three answers the second shows one new answer: 600 letters, five seconds. The third shows none.
    if (!next) throw new Error("There is no second task.");
    await judge(next, 4_999);
    expect(await marksOf(next.taskId)).toEqual([true]);
    const third = await claimOne(annotator, projectId);
    await judge(third, 200);
    expect(await marksOf(third.taskId)).toEqual([false]);
    // A repeat, as the database keeps one: on a lease of its own, outside the cap.
    await api.server.database.$executeRaw`
      WITH again AS (
        INSERT INTO lease (workspace_id, project_id, task_id, member_id, slot, token, state, shown_order, guideline_id, expires_at)
        SELECT workspace_id, project_id, task_id, member_id, -1, token, 'judged', shown_order, guideline_id, expires_at
        FROM lease WHERE id = ${first.lease.id}::uuid RETURNING *)
      INSERT INTO judgement (workspace_id, project_id, task_id, lease_id, member_id, guideline_id, answer, shown_order, source,
        timings, idempotency_key, body_hash, repeat)
      SELECT workspace_id, project_id, task_id, id, member_id, guideline_id, '{"choice": "graded", "step": 2}', shown_order,
        'person', '{"visibleMs": 1, "activeMs": 1}', gen_random_uuid(), '', true FROM again`;
    expect(await marksOf(first.taskId)).toEqual([false, false, false]);
  });
});
