import { type RewardSpec, TrainingSpec } from "@touchstone/contracts";
import type { TrainingRow } from "@touchstone/datasets";
import { openEngine } from "@touchstone/engine";
import { type Files, runTrainer } from "@touchstone/rlhf";
import { z } from "zod";
import { rewardFromData, startingPolicySpec } from "../../../apps/cli/src/rlhf/training/starting-policy.ts";
import { trainingData } from "../../../apps/cli/src/rlhf/training/training-data.ts";

/** What differs from the settings of `rlhf reward` without a policy. */
export type Recipe = Partial<Omit<z.input<typeof RewardSpec>, "trainer">>;

/** Figures are those of the end; a run of a minute needs none on the way, and no checkpoints. */
const never = 1_000_000;

type Labels = Exclude<TrainingRow, { kind: "text" }>;

/** The rows with those of one fold held out. */
export function withFold<Row extends Labels>(rows: readonly Row[], isHeldOut: (row: Row) => boolean): Row[] {
  return rows.map((row) => ({ ...row, split: isHeldOut(row) ? "test" : "train" }));
}

/** The small language model that `rlhf reward` makes where no policy is given: of the training rows' texts alone. */
export async function startOn(rows: readonly Labels[], seed: number): Promise<Files> {
  const training = rows.filter(({ split }) => split === "train");
  const spec = startingPolicySpec([{ rows: training }]);
  const data = trainingData(spec, [{ rows: training, split: "train" }]);
  return (await runTrainer({ spec, data, models: {}, engine: await openEngine(), seed })).files;
}

/** A reward model of the training rows, by the recipe of `rlhf reward`. @returns what it says of each of the others */
export async function rewardOn<Prediction>(
  rows: readonly Labels[],
  policy: Files,
  recipe: Recipe,
  seed: number,
  prediction: z.ZodType<Prediction>,
): Promise<Prediction[]> {
  const spec = TrainingSpec.parse({
    trainer: "reward",
    ...rewardFromData,
    evaluateEvery: never,
    checkpointEvery: never,
    ...recipe,
  });
  const data = trainingData(spec, [{ rows, split: "train" }]);
  const { files } = await runTrainer({ spec, data, models: { policy }, engine: await openEngine(), seed });
  const evaluation: unknown = JSON.parse(new TextDecoder().decode(files.get("evaluation.json")));
  return z.object({ predictions: z.array(prediction) }).parse(evaluation).predictions;
}

/** Of evaluation.json, where labels are comparisons. */
export const ComparisonRow = z.object({
  judgementId: z.string(),
  promptId: z.string(),
  outcome: z.number(),
  model: z.number(),
  untrained: z.number(),
  longer: z.number(),
  bigram: z.number(),
});
export type ComparisonRow = z.infer<typeof ComparisonRow>;
