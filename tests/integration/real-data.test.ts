import { readFileSync } from "node:fs";
import { accuracyOf, cohenKappa, majorityVote } from "@touchstone/labeling";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { argumentMapping, readArgumentPairs } from "../harness/argument-pairs.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { hasReferenceData, referenceFile } from "../harness/reference-data.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

interface Vote {
  task: string;
  item: string;
  gold: string | null;
  annotator: string;
  outcome: number;
}

describe.skipIf(!hasReferenceData)("published judgements that came in through the product", () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    api = await openApi();
    admin = (await newTenant(api.server, "ada@example.org")).admin;
  });
  afterAll(() => api?.close());

  /** Every vote as Postgres has it: the answer in canonical order, the item's own id and gold label. */
  const votesOf = (projectId: string) =>
    api.server.database.$queryRaw<Vote[]>`
      SELECT t.id AS task, t.external_id AS item, t.metadata ->> 'gold' AS gold, m.name AS annotator,
        4 - (j.answer ->> 'step')::int AS outcome
      FROM effective_judgement j JOIN task t ON t.id = j.task_id JOIN member m ON m.id = j.member_id
      WHERE j.project_id = ${projectId}::uuid`;
  const sideOf = (outcome: number) => {
    if (outcome === 0) return "equal";
    return outcome > 0 ? "a1" : "a2";
  };

  it("UKPConvArg1: 62,581 votes on 12,544 pairs; their majority agrees with gold at .8905", async () => {
    const rows = await readArgumentPairs();
    const projectId = await newProject(admin, "Convincing arguments");
    const started = performance.now();
    const query = { format: "columns", mapping: JSON.stringify(argumentMapping), open: "false" };
    const imported = await importFile(admin, projectId, query, rows);
    const seconds = (performance.now() - started) / 1000;
    expect(imported.json()).toMatchObject({
      rows: 12_544,
      prompts: 24,
      completions: 784,
      tasks: 12_544,
      judgements: 62_581,
      annotators: 3_789,
      duplicates: 0,
    });
    expect(seconds).toBeLessThan(90);

    const votes = await votesOf(projectId);
    expect(votes).toHaveLength(62_581);
    const gold = new Map(votes.flatMap(({ task, gold }) => (gold === null ? [] : [[task, gold] as const])));
    expect(gold.size).toBe(11_923);
    const majority = majorityVote(
      votes.map(({ task, annotator, outcome }) => ({ task, worker: annotator, label: sideOf(outcome) })),
    );
    const { accuracy, tasks } = accuracyOf(majority, gold);
    expect(tasks).toBe(11_923);
    expect(accuracy).toBeCloseTo(0.8905, 4);
  }, 180_000);

  it("PandaLM: the κ of its three annotators are .8239, .8559 and .8392", async () => {
    const mapping = {
      id: "idx",
      prompt: ["instruction", "input"],
      a: "response1",
      b: "response2",
      votes: { columns: ["annotator1", "annotator2", "annotator3"] },
      values: { a: ["1"], b: ["2"], tie: ["0"] },
    };
    const projectId = await newProject(admin, "PandaLM");
    const file = readFileSync(referenceFile("preference/pandalm_testset_v1.rows001-700.jsonl.gz"));
    const imported = await importFile(admin, projectId, { format: "columns", mapping: JSON.stringify(mapping) }, file);
    expect(imported.json()).toMatchObject({ rows: 700, tasks: 700, judgements: 2_100, annotators: 3 });

    const byAnnotator = new Map<string, Map<string, string>>();
    for (const { item, annotator, outcome } of await votesOf(projectId)) {
      const labels = byAnnotator.get(annotator) ?? new Map<string, string>();
      byAnnotator.set(annotator, labels.set(item, sideOf(outcome)));
    }
    const kappa = (one: string, other: string) => {
      const first = byAnnotator.get(one) ?? new Map<string, string>();
      const second = byAnnotator.get(other) ?? new Map<string, string>();
      return cohenKappa([...first].flatMap(([item, label]) => [[label, second.get(item) ?? "none"] as const])).kappa;
    };
    expect(kappa("annotator1", "annotator2")).toBeCloseTo(0.8239, 4);
    expect(kappa("annotator1", "annotator3")).toBeCloseTo(0.8559, 4);
    expect(kappa("annotator2", "annotator3")).toBeCloseTo(0.8392, 4);
  });

  it("HH: pairs that differ before their last turn are taken by what they share, and counted", async () => {
    const projectId = await newProject(admin, "HH");
    const file = readFileSync(referenceFile("preference/hh_harmless_base_test.rows0001-1300.jsonl.gz"));
    const imported = await importFile(admin, projectId, { format: "hh", open: "false" }, file);
    expect(imported.json()).toMatchObject({ rows: 1_300, differingPrefixes: 1 });
    const { judgements, duplicates } = imported.json<{ judgements: number; duplicates: number }>();
    expect(judgements + duplicates).toBe(1_300);
  });

  it("MT-Bench: votes without answer texts keep their judges and are never shown to people", async () => {
    const mapping = {
      prompt: ["question_id", "turn"],
      aId: "model_a",
      bId: "model_b",
      annotator: "judge",
      votes: { columns: ["winner"] },
      values: { a: ["model_a"], b: ["model_b"], tie: ["tie"] },
    };
    const projectId = await newProject(admin, "MT-Bench", 100);
    const file = readFileSync(referenceFile("preference/mtbench_human_votes.q081-120.jsonl"));
    const imported = await importFile(admin, projectId, { format: "columns", mapping: JSON.stringify(mapping) }, file);
    expect(imported.statusCode).toBe(201);
    const { judgements, duplicates } = imported.json<{ judgements: number; duplicates: number }>();
    expect(judgements + duplicates).toBe(1_688);
    const claimed = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 2 });
    if (claimed.statusCode === 200) expect(claimed.json()).toMatchObject({ tasks: [] });
    const states = await api.server.database.task.groupBy({ by: ["state"], where: { projectId } });
    expect(states.map(({ state }) => state)).toEqual(["paused"]);
  });
});
