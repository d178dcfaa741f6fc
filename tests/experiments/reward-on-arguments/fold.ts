import { ProjectDraft } from "@touchstone/contracts";
import type { ComparisonPrediction } from "@touchstone/rlhf";
import { z } from "zod";
import { type ArgumentPair, argumentMapping } from "../../harness/argument-pairs.ts";
import type { Laboratory } from "../laboratory.ts";
import type { Recipe } from "./recipe.ts";

/** What a reward model said of one vote on a topic that it had never seen. */
export interface HeldOutVote extends ComparisonPrediction {
  /** The pair that was voted on. */
  readonly pairId: string;
}

export interface FoldResult {
  readonly votes: HeldOutVote[];
  /** What the pages show of the same model. */
  readonly metrics: Readonly<Record<string, unknown>>;
}

const Evaluation = z.object({
  predictions: z.array(
    z.object({
      judgementId: z.string(),
      promptId: z.string(),
      outcome: z.number(),
      model: z.number(),
      untrained: z.number(),
      longer: z.number(),
      bigram: z.number(),
    }),
  ),
});

/** A project with all votes; those on the held-out topics are in it too, as its test split. @returns its id. */
export async function importArguments(
  { admin }: Laboratory,
  name: string,
  pairs: readonly ArgumentPair[],
  heldOut: ReadonlySet<string>,
): Promise<string> {
  const project = await admin.createProject({ body: ProjectDraft.parse({ name, overlap: 5 }) });
  const rows = pairs.map((pair) => ({ ...pair, split: heldOut.has(pair.title) ? "test" : "train" }));
  // What the votes are measured by elsewhere, and nothing that a project needs.
  const mapping = { ...argumentMapping, split: "split", ignore: ["debate_side", "in_strict"] };
  const body = new Blob(rows.map((row) => `${JSON.stringify(row)}\n`));
  await admin.importRows({
    params: { id: project.id },
    query: { format: "columns", mapping: JSON.stringify(mapping), open: "false" },
    upload: { body, contentType: "application/x-ndjson" },
  });
  return project.id;
}

/** A policy of the arguments' own words, from the training topics alone. @returns its model version. */
export async function pretrainOn(laboratory: Laboratory, projectId: string, recipe: Recipe): Promise<string> {
  const run = await laboratory.run(projectId, { kind: "pretrain", seed: recipe.seed, spec: recipe.pretrain });
  return published(run);
}

/** A reward model from the project's label set, and what it says of every held-out vote. */
export async function rewardOn(
  laboratory: Laboratory,
  projectId: string,
  policyId: string,
  recipe: Recipe,
): Promise<FoldResult> {
  const policy = { modelVersionId: policyId };
  const run = await laboratory.run(projectId, { kind: "reward", seed: recipe.seed, spec: recipe.reward, policy });
  const modelId = published(run);
  const { predictions } = Evaluation.parse(await laboratory.modelJson(modelId, "evaluation.json"));
  const pairOf = await pairsOfVotes(laboratory, projectId);
  const { model } = await laboratory.admin.getModelLineage({ params: { id: modelId } });
  return {
    votes: predictions.map((row) => ({ ...row, pairId: pairOf.get(row.judgementId) ?? "" })),
    metrics: model.metrics,
  };
}

function published({ name, modelVersionId }: { name: string; modelVersionId: string | null }): string {
  if (modelVersionId === null) throw new Error(`The run “${name}” published no model.`);
  return modelVersionId;
}

async function pairsOfVotes({ db }: Laboratory, projectId: string): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ id: string; pair: string }[]>`
    SELECT j.id, t.external_id AS pair FROM judgement j JOIN task t ON t.id = j.task_id
    WHERE j.project_id = ${projectId}::uuid`;
  return new Map(rows.map(({ id, pair }) => [id, pair]));
}
