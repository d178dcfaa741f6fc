import type { ExportCounts } from "@touchstone/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api?.close());

const solution = ["3 × 4 = 12.", "12 − 5 = 8.", "So 8 are left."];
const turns = [
  { role: "system", content: "Count aloud." },
  { role: "user", content: "Three boxes of four, five are eaten: how many are left?" },
];

it("of an answer go out as rows of TRL's stepwise supervision, counted as they are read, and a short list is refused", async () => {
  const projectId = await newProject(admin, "Steps", 2);
  const questions = [
    { name: "each", kind: "steps" },
    { name: "first", kind: "steps", settings: { firstError: true }, required: false },
  ];
  const written = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "own", questions });
  expect(written.statusCode, written.body).toBe(200);
  await importFile(admin, projectId, { format: "prompts", question: "own" }, [
    { messages: turns, completions: [solution.join("\n\n")] },
  ]);
  const { answer: _, ...submission } = submissionFor(await claimOne(admin, projectId));
  const say = (answers: object) => admin.send("POST", "/api/judgements", { ...submission, answers });
  const short = await say({ each: { choice: "labelled", labels: ["good"] } });
  expect(short.statusCode).toBe(422);
  expect(short.body).toContain("Give 3 labels");
  const sent = await say({
    each: { choice: "labelled", labels: ["good", "bad", "neutral"] },
    first: { choice: "first-error", step: 1 },
  });
  expect(sent.statusCode, sent.body).toBe(201);

  const rows = await exportRows(admin, projectId, "stepwise");
  const prompt = "system: Count aloud.\n\nuser: Three boxes of four, five are eaten: how many are left?";
  expect(rows).toMatchObject([
    {
      prompt,
      completions: solution,
      labels: [true, false, true],
      verdicts: ["good", "bad", "neutral"],
      messages: turns,
    },
    { prompt, completions: solution.slice(0, 2), labels: [true, false], verdicts: ["good", "bad"] },
  ]);
  const counts = (await admin.send("GET", `/api/projects/${projectId}/exports/counts`)).json<ExportCounts>();
  expect(counts.rows).toEqual({ "trl-preference": 0, ratings: 0, "sft-messages": 0, stepwise: 2, judgements: 1 });
  const sample = await admin.send("GET", `/api/projects/${projectId}/exports/sample?format=stepwise`);
  expect(sample.json<{ lines: unknown[] }>().lines).toHaveLength(2);
});
