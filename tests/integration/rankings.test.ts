import { randomUUID } from "node:crypto";
import {
  type ExportCounts,
  type ExportFormat,
  type ExportSample,
  type LeasedTask,
  type RunView,
  TrainingSpec,
} from "@touchstone/contracts";
import { openDatabase, registerModel } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadData } from "../../apps/worker/src/run/load.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { holdRun } from "../harness/held-run.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let projectId: string;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  projectId = await newProject(admin, "Ranked", 1);
  const order = { name: "order", kind: "ranking", settings: { top: 2 } };
  await admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "order", questions: [order] });
  const completions = ["a", "b", "c", "d", "e"];
  const asked = ["one", "two"].map((prompt) => ({ prompt, completions }));
  await importFile(admin, projectId, { format: "prompts", question: "order" }, asked);
  await api.server.database.prompt.updateMany({ where: { projectId }, data: { split: "train" } });
  // Ten pairs each, of which the two of the rest are none: eight decided and one tie, and nine decided.
  await rank([1, 1, 2, null, null]);
  await rank([null, 2, 1, 3, null]);
});
afterAll(() => api.close());

/** @param ranks of the answers as they are shown; the tasks were shown in some order. */
async function rank(ranks: readonly (number | null)[]): Promise<void> {
  const claimed = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  if (!task) throw new Error("no task");
  const { answer: _, ...submission } = submissionFor(task, { idempotencyKey: randomUUID() });
  const sent = await admin.send("POST", "/api/judgements", { ...submission, answers: { order: { ranks } } });
  expect(sent.statusCode).toBe(201);
  shown.push({ ranks, texts: task.completions.map(({ text }) => text ?? "") });
}
const shown: { ranks: readonly (number | null)[]; texts: string[] }[] = [];

/** "better > worse" of each pair that the rankings decide. */
function decided(): string[] {
  return shown.flatMap(({ ranks, texts }) =>
    texts.flatMap((better, one) =>
      texts.flatMap((worse, other) =>
        (ranks[one] ?? Infinity) < (ranks[other] ?? Infinity) ? [`${better} > ${worse}`] : [],
      ),
    ),
  );
}

it("go out as the pairs that they decide, without a lead, and are counted as such", async () => {
  const rows = await exportRows(admin, projectId, "trl-preference");
  const said = rows.map((row) => `${textOf(row.chosen)} > ${textOf(row.rejected)}`);
  expect(said.sort()).toEqual(decided().sort());
  expect(new Set(rows.map(({ margin }) => margin))).toEqual(new Set([0]));
  expect(new Set(rows.map((row) => row.label_id))).toHaveProperty("size", rows.length);
  const counts = (await admin.send("GET", `/api/projects/${projectId}/exports/counts`)).json<ExportCounts>();
  expect(counts).toMatchObject({ rows: { "trl-preference": 17, "sft-messages": 2, judgements: 2 }, ties: 1 });
  for (const format of ["trl-preference", "ratings", "sft-messages", "judgements"] satisfies ExportFormat[]) {
    expect([format, counts.rows[format]]).toEqual([format, (await exportRows(admin, projectId, format)).length]);
  }
  const sample = await admin.send("GET", `/api/projects/${projectId}/exports/sample?format=trl-preference`);
  expect(sample.json<ExportSample>().lines.length).toBeGreaterThan(0);
});

it("say which answer of each prompt was liked best", async () => {
  const best = (await exportRows(admin, projectId, "sft-messages")).map(({ messages }) => textOf(messages));
  const first = shown.map(({ ranks, texts }) => texts.filter((_, place) => ranks[place] === 1));
  expect(best).toHaveLength(2);
  for (const [index, text] of best.entries()) expect(first[index]).toContain(text);
});

it.each([
  ["dpo", {}, 18],
  ["dpo", { objective: { kind: "kto" } }, 18],
  ["reward", {}, 18],
  ["reward", { objective: { kind: "plackett-luce" } }, 2],
])("are labels for %s %j as the trainer counts them", async (kind, spec, labels) => {
  const launch = async (minimumLabels: number) => {
    const sent = await admin.send("POST", `/api/projects/${projectId}/runs`, {
      kind,
      spec: { ...spec, minimumLabels },
    });
    return sent.json();
  };
  expect(await launch(labels + 1)).toMatchObject({ reason: "tooFewByPeople", values: { labels } });
  // Enough of them: only the model is missing.
  expect(await launch(labels)).toMatchObject({ reason: "modelNotNamed" });
});

it("reach DPO whole, which makes its pairs of them", async () => {
  const database = openDatabase(api.databaseUrl);
  try {
    const { workspaceId } = await database.db.project.findUniqueOrThrow({ where: { id: projectId } });
    const files = { files: [], sha256: "0".repeat(64), parameters: 1, spec: {} };
    const modelVersionId = await registerModel(database.db, { ...files, workspaceId, kind: "policy", name: "first" });
    const spec = { minimumLabels: 18 };
    const draft = { kind: "dpo", policy: { modelVersionId }, spec };
    const launched = await admin.send("POST", `/api/projects/${projectId}/runs`, draft);
    expect(launched.statusCode).toBe(201);
    const held = await holdRun(api, database, launched.json<RunView>().id);
    const { comparisons, rankings } = await loadData(held, TrainingSpec.parse(held.run.spec));
    expect(comparisons).toEqual([]);
    expect(rankings?.map(({ groups }) => groups.map((group) => group.length))).toEqual([
      [2, 1, 2],
      [1, 1, 1, 2],
    ]);
  } finally {
    await database.close();
  }
});

function textOf(messages: unknown): unknown {
  return (messages as { content: string }[]).at(-1)?.content;
}
