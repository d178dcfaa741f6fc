import type { QualityView } from "@touchstone/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let stranger: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  stranger = (await newTenant(api.server, "eve@elsewhere.example.org")).admin;
});
afterAll(() => api.close());

async function qualityOf(projectId: string): Promise<QualityView> {
  const answer = await admin.send("GET", `/api/projects/${projectId}/quality`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<QualityView>();
}

/** The reliability data of Krippendorff (2011), section C: four observers, twelve units, 0 for a missing value. */
const observers = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
  [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
];

it("of Krippendorff's own data is what he published, also by language, and changes with what is left out", async () => {
  const projectId = await newProject(admin, "reliability");
  const mapping = JSON.stringify({ prompt: "q", completion: "c", score: "s", annotator: "by", language: "lang" });
  const rows = observers.flatMap((values, by) =>
    values.flatMap((s, unit) => {
      const lang = unit < 6 ? "en" : "zh";
      return s === 0 ? [] : [{ q: `unit ${unit}`, c: `answer ${unit}`, s, by: `observer ${by}`, lang }];
    }),
  );
  await importFile(admin, projectId, { format: "columns", mapping, question: "rating" }, rows);
  const quality = await qualityOf(projectId);
  expect(quality).toMatchObject({ judgements: 41, all: true, leftOut: 0, pace: [] });
  const [question, ...more] = quality.questions;
  expect(more).toEqual([]);
  expect(question).toMatchObject({ name: "rating", kind: "rating", scale: "interval", judgements: 41, position: [] });
  expect(question?.alpha?.value).toBeCloseTo(0.849, 3);
  expect(question?.alpha).toMatchObject({ units: 11 });
  // Equal pairs by unit: 3, 3 of 6, 6, 6, 6, 0 of 6, 6, 3 of 6, 6, 3, 1.
  expect(question?.raw).toMatchObject({ pairs: 55, units: 11 });
  expect(question?.raw?.value).toBeCloseTo(43 / 55, 12);
  const byLanguage = question?.slices.find(({ by }) => by === "language");
  expect(byLanguage?.parts.map(({ value, judgements }) => [value, judgements])).toEqual([
    ["en", 23],
    ["zh", 18],
  ]);
  // Unit six, of which all four said something else, comes first.
  expect(quality.disagreements[0]).toMatchObject({ excerpt: "unit 5", share: 0, people: 4 });
  expect(quality.disagreements.map(({ share }) => share)).toEqual([0, 0.5, 0.5]);

  const [item] = quality.disagreements;
  const selection = { ids: [item?.taskId] };
  const left = await admin.send("POST", `/api/projects/${projectId}/left-out`, {
    what: { kind: "items", selection },
    reason: "unfit",
  });
  expect(left.statusCode, left.body).toBe(200);
  const after = await qualityOf(projectId);
  expect(after).toMatchObject({ judgements: 37, leftOut: 4 });
  expect(after.questions[0]?.alpha?.value).toBeGreaterThan(question?.alpha?.value ?? 1);
  expect(after.disagreements.map(({ excerpt }) => excerpt)).not.toContain("unit 5");
});

it("says how often what stood first was chosen, and how long it took, of people alone", async () => {
  const made = await admin.send("POST", "/api/projects", { name: "places", overlap: 2, repeatShare: 0 });
  const projectId = made.json<{ id: string }>().id;
  expect(await qualityOf(projectId)).toMatchObject({ judgements: 0, all: true, questions: [], disagreements: [] });
  const pairs = Array.from({ length: 6 }, (_, i) => ({ prompt: `pair ${i}`, completions: ["one", "two"] }));
  await importFile(admin, projectId, { format: "prompts" }, pairs);
  for (const [email, seconds] of [
    ["ann@example.org", 3],
    ["ben@example.org", 30],
  ] as const) {
    const who = await invite(admin, "annotator", email);
    for (let i = 0; i < 6; i += 1) {
      const task = await claimOne(who, projectId);
      const timings = { visibleMs: seconds * 1_000, activeMs: 1_000, firstScrollMs: null };
      // Whatever it says, the first; once a tie, which chooses none.
      const answer = { choice: "graded", step: i === 0 ? 4 : 1 } as const;
      const sent = await who.send("POST", "/api/judgements", submissionFor(task, { answer, timings }));
      expect(sent.statusCode, sent.body).toBe(201);
      const next = sent.json<{ next: { lease: { id: string; token: string } } | null }>().next;
      if (next) await who.send("POST", `/api/leases/${next.lease.id}/release`, { leaseToken: next.lease.token });
    }
  }
  const quality = await qualityOf(projectId);
  const [question] = quality.questions;
  expect(question?.position).toEqual([
    expect.objectContaining({ answers: 2, choices: 10, value: 1, chance: 0.5, p: expect.closeTo(2 / 1024, 10) }),
  ]);
  // Each pair was shown in both orders, so whoever always takes the first one differs from everybody.
  expect(question?.raw?.value).toBeLessThan(0.2);
  expect(quality.pace).toEqual([
    { questionnaire: "preference", judgements: 12, median: 16.5, low: 3, high: 30, bins: [0, 6, 0, 0, 0, 6, 0, 0, 0] },
  ]);
  expect((await stranger.send("GET", `/api/projects/${projectId}/quality`)).statusCode).toBe(404);
});
