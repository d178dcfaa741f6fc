import { type Compared, compared, type Share } from "../cross-validation/compared.ts";
import { ComparisonRow, rewardOn, startOn, withFold } from "../cross-validation/reward-from-rows.ts";
import { topicsOfFold } from "../reward-on-arguments/topics.ts";
import { type StrictPair, withPermutedWinners } from "./rows.ts";

export const folds = 5;
/** Each draws another permutation for every fold. */
export const controlSeeds = [1, 2, 3, 4];
const seed = 1;

interface Predicted extends ComparisonRow {
  readonly title: string;
  /** The model that said it. */
  readonly by: string;
}

/** What is known of topics by reward models that never saw them, nor their words. */
export async function acrossTopics(pairs: readonly StrictPair[], say: (line: string) => void) {
  const model: Predicted[] = [];
  const control: Predicted[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const found = await oneFold(pairs, topicsOfFold(pairs, fold, folds), controlSeeds, `fold ${fold}`, say);
    model.push(...found.model);
    control.push(...found.control);
  }
  const development = developmentTopics(pairs);
  return {
    seed,
    folds,
    controlSeeds,
    pairs: pairs.length,
    all: compared(model),
    /** On topics that no try of the recipe was measured on. */
    untried: compared(model.filter(({ title }) => !development.has(title))),
    byFold: Array.from({ length: folds }, (_, fold) => compared(model.filter(({ by }) => by === `fold ${fold}`))),
    control: controlOf(control),
  };
}

export async function oneFold(
  pairs: readonly StrictPair[],
  topics: ReadonlySet<string>,
  permutations: readonly number[],
  name: string,
  say: (line: string) => void,
): Promise<{ model: Predicted[]; control: Predicted[] }> {
  const rows = withFold(pairs, ({ title }) => topics.has(title));
  const policy = await startOn(rows, seed);
  const titleOf = new Map(rows.map(({ judgementId, title }) => [judgementId, title]));
  const predict = async (labels: readonly StrictPair[], by: string) => {
    const predictions = await rewardOn(labels, policy, {}, seed, ComparisonRow);
    say(`${by}: ${compared(predictions).accuracy.model.value.toFixed(3)} of ${predictions.length}`);
    return predictions.map((row) => ({ ...row, title: titleOf.get(row.judgementId) ?? "", by }));
  };
  const model = await predict(rows, name);
  const control: Predicted[] = [];
  for (const permutation of permutations) {
    const by = `${name}, permutation ${permutation}`;
    control.push(...(await predict(withPermutedWinners(rows, by), by)));
  }
  return { model, control };
}

interface Control {
  readonly models: number;
  readonly bySide: Share;
  /** Debate sides judged by one model share what chance taught it. */
  readonly byModel: Share;
}

function controlOf(predictions: readonly Predicted[]): Control {
  const byModel: Compared = compared(predictions.map((row) => ({ ...row, promptId: row.by })));
  return {
    models: byModel.clusters,
    bySide: compared(predictions).accuracy.model,
    byModel: byModel.accuracy.model,
  };
}

/** A third of the topics outside the first fold: the recipe's tries were measured on these, trained on the other two. */
export function developmentTopics(pairs: readonly StrictPair[]): Set<string> {
  const first = topicsOfFold(pairs, 0, folds);
  return topicsOfFold(
    pairs.filter(({ title }) => !first.has(title)),
    0,
    3,
  );
}
