import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { type ExportCounts, type LeasedTask, type ProjectFigures, questionKinds } from "@touchstone/contracts";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { freshDatabase, freshRedis, type TestDatabase } from "../harness/database.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { RemoteVisitor } from "../harness/remote-visitor.ts";
import { copySource, type SourceCopy } from "../harness/source-copy.ts";
import { createLogin } from "../harness/visitor.ts";

const contract = `
import { z } from "zod";
import type { QuestionContract } from "./question-contract.ts";

export const surety = {
  title: "How sure are you?",
  settings: z.strictObject({ most: z.number().int().min(1).max(1000).default(100) }),
  answer: z.strictObject({ percent: z.number().int().min(0) }),
  completions: { least: 1, most: 3 },
} as const satisfies QuestionContract;
`;

const rules = `
import type { QuestionRules } from "./question-rules.ts";

export const surety: QuestionRules<"surety"> = {
  fault: ({ percent }, { settings: { most } }) =>
    percent > most ? { path: ["percent"], message: "This question goes up to " + most + "." } : null,
  forms: () => [],
  agreement: { scale: "interval", measurements: ({ percent }) => [{ unit: "", value: percent }] },
};
`;

/** The records, and how each names the kind: this is all that is changed of what was there. */
const records = [
  ["packages/contracts/src/questions/kinds.ts", /export const questionKinds = \{/],
  ["packages/labeling/src/questions/kinds.ts", /const questionRules: [^=]+ = \{/],
] as const;

let source: SourceCopy;
let database: TestDatabase;
let open: OpenDatabase;
let api: ApiProcess;

beforeAll(async () => {
  source = copySource();
  source.write("packages/contracts/src/questions/surety.ts", () => contract);
  source.write("packages/labeling/src/questions/surety.ts", () => rules);
  for (const [path, record] of records) {
    source.write(path, (before) => {
      const named = before.replace(record, (start) => `${start} surety,`);
      expect(named).not.toBe(before);
      return `import { surety } from "./surety.ts";\n${named}`;
    });
  }
  database = await freshDatabase();
  open = openDatabase(database.url);
  const program = ["--import", "tsx", "apps/api/src/server.ts"];
  api = await spawnApi({ databaseUrl: database.url, redisUrl: await freshRedis(), program, folder: source.folder });
});
afterAll(async () => {
  await api?.kill();
  await open?.close();
  await database?.drop();
  source?.remove();
});

it("a kind is added by its parts and a name in the records alone: asked, refused, answered, counted, compared and sent out", async () => {
  expect(Object.keys(questionKinds)).not.toContain("surety");
  const { workspaceId } = await createLogin(open.db, "ada@example.org");
  await createLogin(open.db, "bob@example.org", { workspaceId, role: "annotator" });
  const admin = await RemoteVisitor.signIn(api.url, "ada@example.org");
  const other = await RemoteVisitor.signIn(api.url, "bob@example.org");
  const { id } = await admin.json<{ id: string }>("POST", "/api/projects", { name: "Sure", overlap: 2 });
  const questions = [{ name: "sure", kind: "surety", settings: { most: 90 } }];
  const own = await admin.json("POST", `/api/projects/${id}/questionnaires`, { name: "own", questions });
  expect(own).toMatchObject({ version: 1, questions: [{ kind: "surety", settings: { most: 90 } }] });
  const percents: Readonly<Record<string, number>> = { one: 10, two: 50, three: 90 };
  const rows = Object.keys(percents).map((prompt) => JSON.stringify({ prompt, completions: ["yes", "no"] }));
  const sent = await admin.sendLines(`/api/projects/${id}/imports?format=prompts&question=own`, `${rows.join("\n")}\n`);
  expect(sent.status).toBe(201);

  for (const person of [admin, other]) {
    for (;;) {
      const claimed = await person.json<{ tasks: LeasedTask[] }>("POST", `/api/work/${id}/claims`, { count: 1 });
      const [task] = claimed.tasks;
      if (!task) break;
      const { answer: _, ...submission } = submissionFor(task, { idempotencyKey: randomUUID() });
      const answer = (percent: unknown) =>
        person.send("POST", "/api/judgements", { ...submission, answers: { sure: { percent } } });
      expect(await (await answer("much")).json()).toMatchObject({ path: "answers.sure.percent" });
      expect(await (await answer(91)).json()).toMatchObject({ code: "invalid_value", path: "answers.sure.percent" });
      expect((await answer(percents[task.prompt.messages[0]?.content ?? ""])).status).toBe(201);
    }
  }

  const lines = await (await admin.send("GET", `/api/projects/${id}/exports?format=judgements`)).text();
  const exported = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(exported).toHaveLength(6);
  for (const row of exported) {
    const answer = { percent: percents[row.prompt[0].content] };
    expect(row).toMatchObject({ kind: "judgement", question: "surety", answer, answers: { sure: answer } });
  }
  const counts = await admin.json<ExportCounts>("GET", `/api/projects/${id}/exports/counts`);
  expect(counts).toMatchObject({ rows: { "trl-preference": 0, ratings: 0, judgements: 6 }, asks: ["surety"] });
  const figures = await admin.json<ProjectFigures>("GET", `/api/projects/${id}/figures`);
  expect(figures.agreement).toMatchObject({ of: "surety", value: 1 });
});

it("no migration since kinds came to be named by questionnaires names one", () => {
  const folder = new URL("../../prisma/migrations/", import.meta.url);
  const later = readdirSync(folder).filter((name) => /^\d/.test(name) && name > "20261127001000_questionnaires");
  const naming = later.filter((name) => {
    const sql = readFileSync(new URL(`${name}/migration.sql`, folder), "utf8");
    const ofKinds = sql.split("\n").filter((line) => line.includes("kind"));
    return Object.keys(questionKinds).some((kind) => ofKinds.some((line) => line.includes(`'${kind}'`)));
  });
  expect(naming).toEqual([]);
});
