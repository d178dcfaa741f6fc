import { shown } from "../cross-validation/compared.ts";
import type { Experiment } from "../experiment.ts";
import { type Guess, guesses } from "./errors.ts";
import { translationRatings } from "./experiment.ts";
import { readTranslationRatings } from "./rows.ts";

const titles: Readonly<Record<Guess, string>> = {
  modelForAnnotator: "reward model, with the rater's habits",
  model: "reward model, without them",
  mean: "mean of all training ratings",
  annotatorMean: "the rater's mean in training",
  itemMean: "the item's mean: the other two raters of the same translation",
};

export const translationRatingsExperiment: Experiment = {
  needsReferenceData: true,
  async run(say) {
    const result = await translationRatings(await readTranslationRatings(), say);
    return { result, table: tableOf(result) };
  },
};

function tableOf({ all }: Awaited<ReturnType<typeof translationRatings>>): string {
  const { mse, rmse, difference } = all;
  const rows = guesses.map((guess) => [
    titles[guess],
    shown(rmse[guess]),
    shown(mse[guess]),
    guess === "modelForAnnotator" ? "" : shown(difference[guess]),
  ]);
  const head = `| ${all.ratings.toLocaleString("en")} ratings, ${all.documents} documents | error (RMSE, points) | squared error | the model's, less this one |`;
  return [head, "|---|---|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}
