import type { ExportCounts, ExportFormat, ExportSample, RecordFormat } from "@touchstone/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api.close());

const formats: readonly RecordFormat[] = ["trl-preference", "ratings", "sft-messages", "stepwise", "judgements"];

async function counted(projectId: string, simulated = false): Promise<ExportCounts> {
  const response = await admin.send("GET", `/api/projects/${projectId}/exports/counts?includeSimulated=${simulated}`);
  expect(response.statusCode).toBe(200);
  return response.json<ExportCounts>();
}

const pairs = JSON.stringify({
  prompt: "q",
  aId: "a.id",
  bId: "b.id",
  a: "a.text",
  b: "b.text",
  votes: { list: "votes", annotator: "who", value: "said" },
  values: { a: ["a"], b: ["b"], tie: ["tie"], bothBad: ["bad"], grades: { much: 3, slightly: 1 } },
});
const ratings = JSON.stringify({ prompt: "q", completion: "c", score: "s", annotator: "by" });
const votes = (...said: string[]) => said.map((value, index) => ({ who: `w${index}`, said: value }));

it("counts what each export will hold, and says what a project never asked", async () => {
  const projectId = await newProject(admin, "counted");
  expect(await counted(projectId)).toMatchObject({
    rows: { "trl-preference": 0, ratings: 0, "sft-messages": 0, stepwise: 0, judgements: 0 },
    asks: [],
  });
  const row = (q: string, said: string[], text: string | null = "A") => ({
    q,
    a: { id: "1", text },
    b: { id: "2", text: "B" },
    votes: votes(...said),
  });
  await importFile(admin, projectId, { format: "columns", mapping: pairs }, [
    row("cancels out", ["slightly", "slightly", "tie", "b"]),
    row("liked", ["much", "b", "bad", "tie"]),
    row("bad", ["bad"]),
    // Two answers of one prompt with the same words: liked once, both bad once, so on balance nothing to imitate.
    row("said twice", ["much"]),
    { ...row("said twice", ["bad"]), a: { id: "3", text: "A" } },
    row("no text", ["a", "tie"], null),
    row("clear", ["b"]),
  ]);
  const before = await counted(projectId);
  expect(before).toEqual({
    rows: { "trl-preference": 7, ratings: 0, "sft-messages": 1, stepwise: 0, judgements: 14 },
    ties: 5,
    withoutText: 2,
    skips: 0,
    blind: 0,
    simulated: 0,
    leftOut: [],
    asks: ["preference"],
  });
  await importFile(admin, projectId, { format: "columns", mapping: ratings, question: "rating" }, [
    { q: "rated", c: "fine", s: 4, by: "w0" },
    { q: "rated", c: "poor", s: 1, by: "w0" },
  ]);
  const after = await counted(projectId);
  expect(after.asks.sort()).toEqual(["preference", "rating"]);
  for (const format of formats) {
    expect(after.rows[format], format).toBe((await exportRows(admin, projectId, format)).length);
  }
  expect(after.rows).toEqual({ "trl-preference": 7, ratings: 2, "sft-messages": 2, stepwise: 0, judgements: 16 });
});

it("gives the models that a mapping names back beside their answers", async () => {
  const projectId = await newProject(admin, "models");
  const mapping = JSON.stringify({
    prompt: "q",
    a: "x",
    b: "y",
    aModel: "mx",
    bModel: "my",
    votes: { columns: ["said"] },
  });
  const rows = [
    { q: "p", x: "A", y: "B", mx: "small", my: "large", said: "b" },
    { q: "r", x: "A", y: "B", mx: "one", my: "one", said: "a" },
  ];
  const imported = await importFile(admin, projectId, { format: "columns", mapping }, rows);
  expect(imported.statusCode).toBe(201);
  const exported = await exportRows(admin, projectId, "trl-preference");
  expect(exported.map((row) => [row.chosen_model, row.rejected_model])).toEqual([
    ["large", "small"],
    ["one", "one"],
  ]);
});

it("shows a few lines as each file will have them, a long one by its beginning", async () => {
  const projectId = await newProject(admin, "sampled");
  const sampled = async (format: ExportFormat): Promise<ExportSample["lines"]> => {
    const response = await admin.send("GET", `/api/projects/${projectId}/exports/sample?format=${format}`);
    expect(response.statusCode).toBe(200);
    return response.json<ExportSample>().lines;
  };
  expect(await sampled("judgements")).toEqual([]);
  const row = (q: string, said: string[], text = "A") => ({
    q,
    a: { id: "1", text },
    b: { id: "2", text: "B" },
    votes: votes(...said),
  });
  await importFile(admin, projectId, { format: "columns", mapping: pairs }, [
    row("cancels out", ["a", "b"]),
    row("liked", ["b", "b"], "A".repeat(5_000)),
    row("clear", ["a"]),
  ]);
  for (const format of formats) {
    const lines = await sampled(format);
    const whole = (await exportRows(admin, projectId, format)).map((one) => JSON.stringify(one));
    expect(lines.length, format).toBe(Math.min(3, whole.length));
    for (const { text, characters } of lines) {
      const [same] = whole.filter((line) => line.startsWith(text));
      expect([format, same?.length]).toEqual([format, characters]);
    }
  }
  const [, , long] = await sampled("trl-preference");
  expect(long?.text).toHaveLength(2_000);
  expect(long?.characters).toBeGreaterThan(5_000);
});
