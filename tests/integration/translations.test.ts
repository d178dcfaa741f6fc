import type { LeasedTask, ProjectView, TranslationList, WorkItem } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let project: string;
const at = (path: string) => `/api/projects/${project}${path}`;
const chinese = { "accept-language": "zh-CN,zh;q=0.9,en;q=0.5" };
const german = { "accept-language": "de-AT,de;q=0.8" };

beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  project = await newProject(admin, "Moods");
  await admin.send("PATCH", at(""), { description: "What people feel.", language: "en" });
  const question = { name: "mood", kind: "choice", title: "Which mood?", settings: { options: ["glad", "sad"] } };
  await admin.send("POST", at("/questionnaires"), { name: "moods", questions: [question] });
  const rows = [1, 2, 3].map((n) => ({ prompt: `A text, ${n}.`, completions: [] }));
  await importFile(admin, project, { format: "prompts", question: "moods" }, rows);
});
afterAll(() => api.close());

const zh = {
  language: "zh",
  name: "心情",
  description: "人们的感受。",
  words: [
    { of: "Which mood?", says: "哪种心情？" },
    { of: "glad", says: "高兴" },
  ],
  guideline: { version: 1, text: "说出更好的。" },
};

const claim = async (headers: Record<string, string>) =>
  (await admin.send("POST", `/api/work/${project}/claims`, { count: 1 }, headers)).json<{ tasks: LeasedTask[] }>()
    .tasks[0];
const guideline = async (headers: Record<string, string>, version = "") =>
  (await admin.send("GET", `/api/work/${project}/guideline${version}`, undefined, headers)).json<{
    text: string;
    version: number;
  }>();

describe("a project in several languages", () => {
  it("speaks to each reader in theirs, and else in its own", async () => {
    expect((await admin.send("POST", at("/translations"), zh)).json<TranslationList>()).toMatchObject({
      language: "en",
      items: [zh],
    });
    const work = async (headers: Record<string, string>) =>
      (await admin.send("GET", "/api/work", undefined, headers)).json<{ items: WorkItem[] }>().items[0];
    expect(await work(chinese)).toMatchObject({ name: "心情", description: "人们的感受。" });
    expect(await work(german)).toMatchObject({ name: "Moods", description: "What people feel." });
    expect((await guideline(chinese)).text).toBe("说出更好的。");
    expect((await guideline(german)).text).toBe("Say which is better.");
    const [own] = (await claim(german))?.questions ?? [];
    expect([own?.title, own?.labels]).toEqual(["Which mood?", undefined]);
    const [read] = (await claim(chinese))?.questions ?? [];
    // What has no word of its own is shown as it is.
    expect([read?.title, read?.labels]).toEqual(["哪种心情？", { glad: "高兴" }]);
    expect(read?.settings).toEqual(own?.settings);
  });

  it("goes by the language that was chosen on the page before that of the browser", async () => {
    const cookie = `${admin.cookie}; touchstone-locale=en`;
    expect((await guideline({ ...chinese, cookie })).text).toBe("Say which is better.");
  });

  it("stores and exports the same answer whoever read it in which language", async () => {
    const said = async (headers: Record<string, string>) => {
      const task = await claim(headers);
      const sent = await admin.send(
        "POST",
        "/api/judgements",
        {
          leaseId: task?.lease.id,
          leaseToken: task?.lease.token,
          idempotencyKey: crypto.randomUUID(),
          answers: { mood: { chosen: ["glad"] } },
          timings: { visibleMs: 1, activeMs: 1 },
          client: { locale: "zh", viewport: "1x1", input: "api" },
        },
        headers,
      );
      const { next } = sent.json<{ next: LeasedTask }>();
      return [sent.statusCode, next.questions[0]?.title];
    };
    expect(await said(chinese)).toEqual([201, "哪种心情？"]);
    expect(await said(german)).toEqual([201, "Which mood?"]);
    const rows = await exportRows(admin, project, "judgements");
    expect(rows.map(({ answers, answer }) => answers ?? answer)).toEqual(
      Array(2).fill(rows[0]?.answers ?? rows[0]?.answer),
    );
    expect(JSON.stringify(rows)).not.toMatch(/高兴|心情/);
  });

  it("makes no version of what is asked, and shows a new guideline as it is until it is translated", async () => {
    const before = (await admin.send("GET", at(""))).json<ProjectView>();
    await admin.send("POST", at("/translations"), { ...zh, name: "情绪" });
    const after = (await admin.send("GET", at(""))).json<ProjectView>();
    expect(after).toEqual(before);
    await admin.send("PATCH", at(""), { guideline: "Say it kindly." });
    expect(await guideline(chinese)).toMatchObject({ version: 2, text: "Say it kindly." });
    // Whoever holds a task of the version before still reads that one, in their language.
    expect(await guideline(chinese, "?version=1")).toMatchObject({ version: 1, text: "说出更好的。" });
    await admin.send("POST", at("/translations"), { ...zh, guideline: { version: 2, text: "请好好说。" } });
    expect(await guideline(chinese)).toMatchObject({ version: 2, text: "请好好说。" });
  });

  it.each([
    [{ ...zh, language: "not a tag" }, 422, "language"],
    [{ ...zh, guideline: { version: 9, text: "x" } }, 404, "guideline.version"],
    [{ ...zh, words: [...zh.words, { of: "glad", says: "喜" }] }, 422, "words.2.of"],
    [{ ...zh, words: [{ of: "glad", says: "" }] }, 422, "words.0.says"],
  ])("refuses what it can't take by its field: %#", async (body, status, path) => {
    const sent = await admin.send("POST", at("/translations"), body);
    expect([sent.statusCode, sent.body]).toEqual([status, expect.stringContaining(path)]);
  });

  it("shows its own texts again where a language is removed, and nothing to another workspace", async () => {
    const { admin: stranger } = await newTenant(api.server, "eve@example.org");
    expect((await stranger.send("GET", at("/translations"))).statusCode).toBe(404);
    expect((await stranger.send("DELETE", at("/translations/zh"))).statusCode).toBe(404);
    expect((await admin.send("DELETE", at("/translations/zh"))).statusCode).toBe(204);
    expect((await admin.send("DELETE", at("/translations/zh"))).statusCode).toBe(404);
    expect((await guideline(chinese, "?version=1")).text).toBe("Say which is better.");
  });
});
