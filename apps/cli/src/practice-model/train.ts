import type { Engine } from "@touchstone/engine";
import { practiceCorpus, practiceDemonstrations } from "@touchstone/practice";
import { type Files, type Metrics, runTrainer } from "@touchstone/rlhf";
import type { PracticeModelRecipe } from "./recipe.ts";

/** Share of the demonstrations that only measure: enough to see overfitting. */
const heldOutEvery = 50;

/**
 * Trains the practice model from nothing but the recipe: a tokenizer and a model on the corpus, then fine-tuning on
 * demonstrations of mixed quality, so that it is mediocre on purpose.
 */
export async function trainPracticeModel(
  recipe: PracticeModelRecipe,
  engine: Engine,
  onMetric: (stage: "pretrain" | "sft", step: number, values: Metrics, totalSteps: number) => void,
): Promise<Files> {
  const { seed } = recipe;
  const pretrained = await runTrainer({
    spec: recipe.pretrain,
    data: { texts: practiceCorpus(seed, recipe.corpus) },
    models: {},
    engine,
    seed,
    onMetric: (...point) => onMetric("pretrain", ...point),
  });
  const demonstrations = practiceDemonstrations(seed, recipe.demonstrations).map(({ prompt, text }, index) => ({
    kind: "demonstration" as const,
    promptId: `practice-demonstration-${index}`,
    prompt,
    text,
    split: index % heldOutEvery === 0 ? ("validation" as const) : ("train" as const),
  }));
  const tuned = await runTrainer({
    spec: recipe.sft,
    data: { demonstrations },
    models: { policy: pretrained.files },
    engine,
    seed,
    onMetric: (...point) => onMetric("sft", ...point),
  });
  return tuned.files;
}
