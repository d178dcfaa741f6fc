import type { ModelStandingView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { hasReferenceData, referenceLines } from "../harness/reference-data.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

const votesOf = "preference/mtbench_human_votes.q081-120.jsonl";

/** Log strengths by another implementation, 0 on average. */
const strengths = {
  "gpt-4": 0.8346,
  "gpt-3.5-turbo": 0.5409,
  "claude-v1": 0.4995,
  "vicuna-13b-v1.2": -0.1221,
  "alpaca-13b": -0.6435,
  "llama-13b": -1.1094,
};

interface Vote {
  readonly model_a: string;
  readonly model_b: string;
  readonly question_id: number;
  readonly turn: number;
  readonly winner: "model_a" | "model_b" | "tie";
}

describe.skipIf(!hasReferenceData)("which model wins, against published votes", () => {
  let api: TestApi;
  let admin: Visitor;
  beforeAll(async () => {
    api = await openApi();
    ({ admin } = await newTenant(api.server, "ada@example.org"));
  });
  afterAll(() => api.close());

  it("MT-Bench, imported: with each tie as half a win for both, the log strengths are Bradley–Terry's of the same 1,688 votes", async () => {
    const votes = (await referenceLines(votesOf)).map((line): Vote => JSON.parse(line));
    expect(votes).toHaveLength(1688);
    const mapping = {
      prompt: ["question", "turn"],
      cluster: "question",
      aId: "model_a",
      bId: "model_b",
      aModel: "model_a",
      bModel: "model_b",
      annotator: "vote",
      votes: { columns: ["winner"] },
      values: { a: ["model_a"], b: ["model_b"], tie: ["tie"] },
    };
    const projectId = await newProject(admin, "MT-Bench", 100);
    // Some voted twice on the same pair: as votes of their own none of them is a duplicate.
    const rows = votes.map(({ question_id, ...vote }, place) => ({
      ...vote,
      question: `q${question_id}`,
      vote: `v${place}`,
    }));
    const query = { format: "columns", mapping: JSON.stringify(mapping) };
    const imported = await importFile(admin, projectId, query, rows);
    expect(imported.statusCode, imported.body).toBe(201);
    expect(imported.json()).toMatchObject({ judgements: 1688, duplicates: 0 });

    const answer = await admin.send("GET", `/api/projects/${projectId}/models?ties=half`);
    const standing = answer.json<ModelStandingView>();
    expect(standing).toMatchObject({ judgements: 1688, comparisons: 1688, prompts: 40, position: null, tie: null });
    expect(standing.groups).toHaveLength(1);
    for (const { model, strength } of standing.groups[0] ?? []) {
      expect(strength.value).toBeCloseTo(strengths[model as keyof typeof strengths], 3);
      expect(strength.low ?? 0).toBeLessThan(strength.value - 0.05);
    }
    expect(standing.groups[0]?.map(({ model }) => model)).toEqual(Object.keys(strengths));
    const votesOn = standing.pairs.reduce((sum, { wins, ties, losses }) => sum + wins + ties + losses, 0);
    expect(votesOn).toBe(1688);
  });
});
