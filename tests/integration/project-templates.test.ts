import {
  type ImportListItem,
  type ProjectFileView,
  type ProjectListItem,
  type ProjectView,
  stepsOf,
  TemplateName,
  type TemplateView,
} from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { exportRows, importFile } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let stranger: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  stranger = (await newTenant(api.server, "eve@example.org")).admin;
});
afterAll(() => api.close());

const timings = { visibleMs: 4_000, activeMs: 3_000 };
const client = { locale: "en", viewport: "1280x800", input: "api" };

/** A whole answer to each question of a template, of what its kinds ask. */
const sample: Readonly<Record<string, (places: number) => object>> = {
  preference: () => ({ choice: "graded", step: 3 }),
  ranking: (places) => ({ ranks: Array.from({ length: places }, (_, place) => place + 1) }),
  spans: () => ({ spans: [{ place: 0, start: 0, end: 2, category: "accuracy", severity: "major" }], clean: [1] }),
  number: (places) => ({ values: Array(places).fill(50) }),
};

async function judge(visitor: Visitor, projectId: string): Promise<object> {
  const task = await claimOne(visitor, projectId);
  const places = task.completions.length;
  const asked = task.questions.filter(({ required }) => required);
  const answers = Object.fromEntries(
    asked.map(({ name, kind, settings }) => {
      const { options, aspects } = settings;
      if (Array.isArray(options)) return [name, { chosen: [options[0]] }];
      if (Array.isArray(aspects)) {
        return [name, { ratings: Object.fromEntries(aspects.map((one) => [one, Array(places).fill(4)])) }];
      }
      if (kind === "steps") {
        const steps = stepsOf(task.completions[0]?.text ?? "", "paragraphs");
        return [name, { choice: "labelled", labels: steps.map((_, at) => (at === 0 ? "good" : "neutral")) }];
      }
      return [name, sample[kind]?.(places)];
    }),
  );
  const { id: leaseId, token: leaseToken } = task.lease;
  const body = { leaseId, leaseToken, idempotencyKey: crypto.randomUUID(), answers, timings, client };
  const sent = await visitor.send("POST", "/api/judgements", body);
  expect([sent.statusCode, sent.body]).toEqual([201, expect.any(String)]);
  return answers;
}

async function make(language: "en" | "zh", name: string, examples = true): Promise<ProjectView> {
  const template = { name, language, examples };
  const made = await admin.send("POST", "/api/projects", { name: `Of ${name}`, guideline: "Ours.", template });
  expect([made.statusCode, made.body]).toEqual([201, expect.any(String)]);
  return made.json();
}

describe("a template", () => {
  it("is there for every use in both languages, with a guideline and examples", async () => {
    for (const language of ["en", "zh"]) {
      const { items } = (await admin.send("GET", `/api/templates?language=${language}`)).json<{
        items: TemplateView[];
      }>();
      expect(items.map(({ name }) => name)).toEqual(TemplateName.options);
      for (const { guideline, examples, questions } of items) {
        expect(guideline).toMatch(/^# /);
        expect(/\p{Script=Han}/u.test(guideline)).toBe(language === "zh");
        expect(examples).toBeGreaterThanOrEqual(2);
        expect(questions.length).toBeGreaterThan(0);
      }
    }
  });

  it.each(TemplateName.options)(
    "opens ready to label: %s, whose first judgement comes out as it was given",
    async (name) => {
      const { id } = await make("en", name);
      const { items } = (await admin.send("GET", `/api/projects/${id}/imports`)).json<{ items: ImportListItem[] }>();
      expect(items).toMatchObject([{ template: name, fileName: null }]);
      expect(items[0]?.tasks).toBe(items[0]?.rows);
      const answers = await judge(admin, id);
      const [row] = await exportRows(admin, id, "judgements");
      const said = Object.values(answers).length === 1 ? (row?.answers ?? row?.answer) : row?.answers;
      expect(said).toMatchObject(answers);
    },
  );

  it("brings examples that go again with one call, as an import that is undone", async () => {
    const { id } = await make("zh", "translation");
    const [examples] = (await admin.send("GET", `/api/projects/${id}/imports`)).json<{ items: ImportListItem[] }>()
      .items;
    const undone = await admin.send("DELETE", `/api/imports/${examples?.id}`);
    expect(undone.json()).toMatchObject({ prompts: 2, completions: 4, tasks: 2 });
  });

  it("can be taken without its examples, and is never needed", async () => {
    const bare = await make("en", "code", false);
    const { items } = (await admin.send("GET", "/api/projects")).json<{ items: ProjectListItem[] }>();
    expect(items.find(({ id }) => id === bare.id)?.wanted).toBe(0);
    expect(bare.questionnaires.map(({ name }) => name)).toEqual(["code-review", "preference", "rating"]);
    const empty = await admin.send("POST", "/api/projects", { name: "Empty" });
    expect(empty.json<ProjectView>().questionnaires.map(({ name }) => name)).toEqual(["preference", "rating"]);
  });
});

describe("an exported project", () => {
  const fileOf = async (id: string) => (await admin.send("GET", `/api/projects/${id}/file`)).json<ProjectFileView>();

  it("makes the same project somewhere else, with every text and question and without data or people", async () => {
    const { id } = await make("en", "classification");
    await admin.send("PATCH", `/api/projects/${id}`, { overlap: 7, leaseSeconds: 120, description: "Labels." });
    await admin.send("POST", `/api/projects/${id}/translations`, {
      language: "zh",
      name: "分类",
      words: [{ of: "positive", says: "好评" }],
      guideline: { version: 1, text: "中文准则" },
    });
    const file = await fileOf(id);
    expect(file).toMatchObject({
      format: "touchstone-project",
      version: 1,
      overlap: 7,
      leaseSeconds: 120,
      language: "en",
    });
    expect(JSON.stringify(file)).not.toMatch(/parcel|ada@example|workspace/i);
    const made = await stranger.send("POST", "/api/project-files", file);
    expect(made.statusCode).toBe(201);
    const there = await stranger.send("GET", `/api/projects/${made.json<ProjectView>().id}/file`);
    expect(there.json()).toEqual(file);
  });

  it("leaves out a guideline that was translated from an earlier version than the one that goes out", async () => {
    const { id } = await make("en", "code", false);
    await admin.send("PATCH", `/api/projects/${id}`, { guideline: "A second version." });
    const { translations } = await fileOf(id);
    expect(translations).toMatchObject([{ language: "zh", guideline: "" }]);
  });

  it.each([
    ["of another product", { format: "label-config", version: 1 }, "format", "field.notAProject"],
    ["of a newer installation", { version: 2, name: 7, surprise: true }, "version", "field.newerProject"],
    ["without a name", { name: undefined }, "name", "field.required"],
    ["with what is unknown", { surprise: true }, "body", "field.unknownFields"],
    [
      "with a question of no kind",
      { questionnaires: [{ name: "own", questions: [{ name: "a", kind: "smell" }] }] },
      "questionnaires.0.questions.0.kind",
      "field.choice",
    ],
    [
      "with a standard name",
      { questionnaires: [{ name: "rating", questions: [{ name: "a", kind: "rating" }] }] },
      "questionnaires.0.name",
      "field.nameOfStandard",
    ],
    [
      "with two of one name",
      { questionnaires: ["a", "b"].map((name) => ({ name: "own", questions: [{ name, kind: "rating" }] })) },
      "questionnaires.1.name",
      "field.repeated",
    ],
    [
      "with a language that is none",
      { translations: [{ language: "in Chinese" }] },
      "translations.0.language",
      "field.languageTag",
    ],
  ])("is refused by field where it is %s", async (_, change, path, reason) => {
    const file = { format: "touchstone-project", version: 1, name: "Changed", ...change };
    const sent = await admin.send("POST", "/api/project-files", file);
    expect([400, 422]).toContain(sent.statusCode);
    expect(sent.json<{ issues: object[] }>().issues).toEqual([expect.objectContaining({ path, reason })]);
  });
});

describe("a duplicate", () => {
  it("has the settings alone, or prompts, answers and tasks too, and nobody's judgements", async () => {
    const { id } = await make("zh", "summarisation");
    await judge(admin, id);
    // A second version that no task asks: only the newest goes with the settings, and all with the tasks.
    const [own] = (await admin.send("GET", `/api/projects/${id}`))
      .json<ProjectView>()
      .questionnaires.filter(({ name }) => name === "summaries");
    const shorter = { name: "summaries", questions: own?.questions.slice(0, 1) };
    expect((await admin.send("POST", `/api/projects/${id}/questionnaires`, shorter)).statusCode).toBe(200);

    const copy = async (take: string) => {
      const made = await admin.send("POST", `/api/projects/${id}/copies`, { name: `Copy of ${take}`, take });
      expect([made.statusCode, made.body]).toEqual([201, expect.any(String)]);
      return made.json<ProjectView>();
    };
    const bare = await copy("settings");
    expect(bare).toMatchObject({ name: "Copy of settings", guideline: { version: 1, text: "Ours." }, language: "zh" });
    expect(bare.questionnaires.map(({ name, version }) => [name, version])).toEqual([
      ["preference", 1],
      ["rating", 1],
      ["summaries", 1],
    ]);
    const full = await copy("prompts");
    const figures = async (of: string) => (await admin.send("GET", `/api/projects/${of}/figures`)).json();
    expect(await figures(bare.id)).toMatchObject({ prompts: 0, completions: 0, tasks: { total: 0 } });
    expect(await figures(full.id)).toMatchObject({
      prompts: 2,
      completions: 6,
      tasks: { open: 2, full: 0 },
      judgements: { person: 0 },
    });
    // The tasks ask what they asked, of the copy's own answers, under the translation that came along.
    const answers = await judge(admin, full.id);
    expect(Object.keys(answers)).toEqual(["order", "invented"]);
    const texts = async (of: string) =>
      (
        await api.server.database.completion.findMany({
          where: { prompt: { projectId: of } },
          orderBy: { text: "asc" },
        })
      ).map(({ id: completionId, text }) => ({ completionId, text }));
    const [before, after] = await Promise.all([texts(id), texts(full.id)]);
    expect(after.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    expect(new Set([...before, ...after].map(({ completionId }) => completionId)).size).toBe(12);
  });

  it("has its own copies of pictures and sounds, which go on when the original's are gone", async () => {
    const { id } = await make("en", "image");
    const made = await admin.send("POST", `/api/projects/${id}/copies`, { name: "Pictures", take: "prompts" });
    const { id: copied } = made.json<ProjectView>();
    const task = await claimOne(admin, copied);
    const [shown] = task.completions[0]?.media ?? [];
    const originals = await api.server.database.media.findMany({ where: { projectId: id }, select: { id: true } });
    expect(originals).toHaveLength(4);
    expect(originals.map((one) => one.id)).not.toContain(shown?.id);
    const [examples] = (await admin.send("GET", `/api/projects/${id}/imports`)).json<{ items: ImportListItem[] }>()
      .items;
    expect((await admin.send("DELETE", `/api/imports/${examples?.id}`)).statusCode).toBe(200);
    const file = await admin.send("GET", `/api/media/${shown?.id}`);
    expect([file.statusCode, file.headers["content-type"], file.rawPayload.length]).toEqual([
      200,
      "image/png",
      shown?.bytes,
    ]);
    // Nothing of it can be deleted while it is shown, as of any project.
    expect((await admin.send("DELETE", `/api/media/${shown?.id}`)).statusCode).toBe(409);
  });

  it("of another workspace's project is not made, nor seen", async () => {
    const { id } = await make("en", "code", false);
    const sent = await stranger.send("POST", `/api/projects/${id}/copies`, { name: "Mine", take: "prompts" });
    expect(sent.statusCode).toBe(404);
    expect((await stranger.send("GET", `/api/projects/${id}/file`)).statusCode).toBe(404);
  });

  it("takes many answers in one transaction that names the original in the audit", async () => {
    const { id } = await make("en", "code", false);
    const rows = Array.from({ length: 400 }, (_, n) => ({
      prompt: `Which, in ${n}?`,
      completions: [`a${n}`, `b${n}`],
    }));
    await importFile(admin, id, { format: "prompts", question: "code-review" }, rows);
    const made = await admin.send("POST", `/api/projects/${id}/copies`, { name: "All of them", take: "prompts" });
    const { id: copied } = made.json<ProjectView>();
    expect(await api.server.database.task.count({ where: { projectId: copied } })).toBe(400);
    const event = await api.server.database.auditEvent.findFirst({ where: { subject: copied } });
    expect(event?.detail).toMatchObject({ copyOf: id, prompts: 400, completions: 800, tasks: 400 });
  });
});
