import { randomUUID } from "node:crypto";
import type { GuidelineReaders, GuidelineToRead, LeasedTask, ProjectView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
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
afterAll(() => api.close());

async function projectWith(settings: object, tasks = 8): Promise<string> {
  const draft = { name: randomUUID(), overlap: 2, repeatShare: 0, ...settings };
  const { id } = (await admin.send("POST", "/api/projects", draft)).json<{ id: string }>();
  await insertTasks(api.server.database, id, { tasks, overlap: 2, batch: 100 });
  return id;
}

const claim = (id: string, who = annotator, count = 1) => who.send("POST", `/api/work/${id}/claims`, { count });
const claimed = async (id: string, who = annotator, count = 1): Promise<LeasedTask[]> => {
  const answer = await claim(id, who, count);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<{ tasks: LeasedTask[] }>().tasks;
};
const read = (id: string, version: number, who = annotator) =>
  who.send("POST", `/api/work/${id}/guideline-readings`, { version });
const toRead = async (id: string, who = annotator, headers = {}) =>
  (await who.send("GET", `/api/work/${id}/guideline-to-read`, undefined, headers)).json<GuidelineToRead>();
const publish = async (id: string, guideline: string, settings = {}) => {
  const answer = await admin.send("PATCH", `/api/projects/${id}`, { guideline, ...settings });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<ProjectView>().guideline.version;
};
const judge = (task: LeasedTask, who = annotator) => who.send("POST", "/api/judgements", submissionFor(task));
const unread = (version: number) => ({ code: "conflict", reason: "unreadGuideline", values: { version } });

describe("a guideline that must be read", () => {
  it("keeps whoever has not read it from a task, by name and with the cure, until they have", async () => {
    const id = await projectWith({ guideline: "Be kind." });
    const refused = await claim(id);
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject(unread(1));
    expect(refused.json<{ detail: string }>().detail).toContain("/guideline-readings");
    expect(await toRead(id)).toMatchObject({ version: 1, text: "Be kind.", required: true, before: null });
    expect((await read(id, 1)).statusCode).toBe(204);
    expect(await toRead(id)).toMatchObject({ required: false });
    expect(await claimed(id)).toMatchObject([{ guidelineVersion: 1 }]);
    // Of another person nothing is known.
    expect((await claim(id, other)).json()).toMatchObject(unread(1));
    expect(await admin.send("GET", "/api/work").then((answer) => answer.statusCode)).toBe(200);
  });

  it("leaves what is held as it is: it is judged under its own version, and nothing comes after it", async () => {
    const id = await projectWith({ guideline: "Old." });
    await read(id, 1);
    const held = await claimed(id, annotator, 2);
    expect(await publish(id, "New.")).toBe(2);
    expect((await claimed(id, annotator, 2)).map(({ lease }) => lease.id)).toEqual(held.map(({ lease }) => lease.id));
    for (const task of held) {
      expect(task.guidelineVersion).toBe(1);
      const receipt = (await judge(task)).json<{ created: boolean; next: LeasedTask | null }>();
      expect(receipt.created).toBe(true);
      expect(held.map(({ taskId }) => taskId)).toContain(receipt.next?.taskId ?? task.taskId);
    }
    expect((await claim(id)).json()).toMatchObject(unread(2));
    expect(await toRead(id)).toMatchObject({ version: 2, text: "New.", before: { version: 1, text: "Old." } });
    await read(id, 2);
    expect(await claimed(id)).toMatchObject([{ guidelineVersion: 2 }]);
  });

  it("asks nobody for a version that need not be read, and still for an earlier one that must", async () => {
    const id = await projectWith({ guideline: "Be kind." });
    await read(id, 1);
    await publish(id, "Be kind, always.", { mustRead: false });
    expect(await claimed(id)).toMatchObject([{ guidelineVersion: 2 }]);
    expect((await claim(id, other)).json()).toMatchObject(unread(2));
    await read(id, 2, other);
    await publish(id, "Be kind, and brief.");
    await publish(id, "Be kind, and brief!", { mustRead: false });
    expect(await toRead(id, other)).toMatchObject({ version: 4, required: true, before: { version: 2 } });
    await read(id, 4, other);
    expect(await claimed(id, other)).toMatchObject([{ guidelineVersion: 4 }]);
  });

  it("is none where there is nothing to read: without a guideline, with an emptied one, or where the admin says so", async () => {
    expect(await claimed(await projectWith({}))).toHaveLength(1);
    expect(await claimed(await projectWith({ guideline: " \n\t" }))).toHaveLength(1);
    expect(await claimed(await projectWith({ guideline: "Be kind.", mustRead: false }))).toHaveLength(1);
    const emptied = await projectWith({ guideline: "Be kind." });
    await publish(emptied, "");
    expect(await claimed(emptied)).toHaveLength(1);
  });

  it("is told in the reader's language where both versions are there in it, and is none of a translation's own changes", async () => {
    const id = await projectWith({ guideline: "Be kind.", language: "en" });
    const chinese = { "accept-language": "zh-CN" };
    const translate = (version: number, text: string) =>
      admin.send("POST", `/api/projects/${id}/translations`, { language: "zh", guideline: { version, text } });
    await translate(1, "要友善。");
    await read(id, 1);
    await publish(id, "Be kind and brief.");
    // Not translated yet: both in the project's own language, which can be compared.
    expect(await toRead(id, annotator, chinese)).toMatchObject({
      text: "Be kind and brief.",
      before: { version: 1, text: "Be kind." },
    });
    await translate(2, "要友善、简短。");
    expect(await toRead(id, annotator, chinese)).toMatchObject({
      text: "要友善、简短。",
      before: { text: "要友善。" },
    });
    // Read by somebody before there was a translation of it: nothing to compare with.
    const late = await projectWith({ guideline: "One.", language: "en" });
    await read(late, 1);
    await publish(late, "Two.");
    await admin.send("POST", `/api/projects/${late}/translations`, {
      language: "zh",
      guideline: { version: 2, text: "二。" },
    });
    expect(await toRead(late, annotator, chinese)).toMatchObject({ text: "二。", before: { version: 1, text: null } });
    await read(id, 2);
    await translate(2, "请友善、简短。");
    expect(await claimed(id)).toHaveLength(1);
  });

  it("is walled: another workspace's is not there, nor a version that there is not, and an older one does not count", async () => {
    const id = await projectWith({ guideline: "Be kind." });
    for (const answer of [await read(id, 1, stranger), await read(id, 7)]) expect(answer.statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/work/${id}/guideline-to-read`)).statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/projects/${id}/guideline-readers`)).statusCode).toBe(404);
    expect((await annotator.send("GET", `/api/projects/${id}/guideline-readers`)).statusCode).toBe(403);
    await publish(id, "Be kinder.");
    expect((await read(id, 1)).statusCode).toBe(204);
    expect((await claim(id)).json()).toMatchObject(unread(2));
    await read(id, 2);
    // Said again, and of an older one: what was read stays read.
    expect((await read(id, 1)).statusCode).toBe(204);
    expect(await claimed(id)).toHaveLength(1);
  });

  it("is known to the staff: who has read it and when, those first who have not", async () => {
    const id = await projectWith({ guideline: "Be kind." });
    await read(id, 1);
    await read(id, 1, other);
    await publish(id, "Be kinder.");
    await read(id, 2, other);
    const readers = (await admin.send("GET", `/api/projects/${id}/guideline-readers`)).json<GuidelineReaders>();
    // Whoever published it has read it.
    expect(readers).toMatchObject({ version: 2, required: 2, read: 2, unread: 1 });
    expect(readers.items).toMatchObject([
      { version: 1, readAt: expect.stringMatching(/^\d{4}-/) },
      { version: 2, readAt: expect.stringMatching(/^\d{4}-/) },
      { version: 2, readAt: expect.stringMatching(/^\d{4}-/) },
    ]);
  });

  it("lets nobody judge under a version that they have not read, while versions are published and tasks claimed at once", async () => {
    const id = await projectWith({ guideline: "Version 1." }, 60);
    const people = [annotator, other];
    for (const who of people) await read(id, 1, who);
    const publishing = (async () => {
      for (let version = 2; version <= 6; version++) await publish(id, `Version ${version}.`);
    })();
    const working = people.map(async (who) => {
      for (let turn = 0; turn < 25; turn++) {
        const answer = await claim(id, who, 2);
        const { tasks = [], values } = answer.json<{ tasks?: LeasedTask[]; values?: { version: number } }>();
        for (const task of tasks) await judge(task, who);
        if (values) await read(id, values.version, who);
      }
    });
    await Promise.all([publishing, ...working]);
    const under = await api.server.database.$queryRaw<{ version: number; read: boolean }[]>`
      SELECT g.version, EXISTS (SELECT FROM guideline_reading r WHERE r.project_id = l.project_id
        AND r.member_id = l.member_id AND r.version = g.version AND r.read_at <= l.created_at + interval '1 millisecond') AS read
      FROM lease l JOIN guideline g ON g.id = l.guideline_id WHERE l.project_id = ${id}::uuid`;
    expect(under.length).toBeGreaterThan(20);
    expect(under.filter((one) => !one.read)).toEqual([]);
    expect(new Set(under.map(({ version }) => version)).size).toBeGreaterThan(1);
  });

  it("goes with a copy of the project, which begins with it as its first version", async () => {
    const id = await projectWith({ guideline: "One." });
    await publish(id, "Two.");
    const copy = { name: "Copy", take: "prompts" };
    const made = (await admin.send("POST", `/api/projects/${id}/copies`, copy)).json<{ id: string }>();
    expect((await claim(made.id)).json()).toMatchObject(unread(1));
    await read(made.id, 1);
    expect(await claimed(made.id)).toMatchObject([{ guidelineVersion: 1 }]);
  });
});
