import { type ArgumentPair, readArgumentPairs } from "../../harness/argument-pairs.ts";
import type { Laboratory } from "../laboratory.ts";
import { withPermutedSides } from "./control.ts";
import { allFigures } from "./figures.ts";
import { type FoldResult, importArguments, pretrainOn, rewardOn } from "./fold.ts";
import { recipe } from "./recipe.ts";
import { topicsOfFold } from "./topics.ts";

export const folds = 5;
/** The fold that the recipe was decided on; figures without it are figures that nothing was tuned on. */
const developmentFold = 0;

interface Outcome {
  readonly fold: number;
  readonly topics: number;
  readonly reward: FoldResult;
  readonly control: FoldResult;
}

/**
 * Does a reward model learn, from people's votes on some debates, what people find convincing in debates that it has never
 * seen? Each topic is held out once, from the votes and from the texts that the policy is pretrained on.
 */
export async function rewardOnArguments(laboratory: Laboratory, lanes: number, say: (line: string) => void) {
  const pairs = await readArgumentPairs();
  const outcomes: Outcome[] = [];
  const waiting = Array.from({ length: folds }, (_, fold) => fold);
  const lane = async () => {
    for (let fold = waiting.shift(); fold !== undefined; fold = waiting.shift()) {
      outcomes.push(await oneFold(laboratory, pairs, fold, say));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  outcomes.sort((x, y) => x.fold - y.fold);
  const pooled = (wanted: readonly Outcome[], of: "reward" | "control") =>
    allFigures(
      wanted.flatMap((outcome) => outcome[of].votes),
      pairs,
    );
  return {
    recipe,
    developmentFold,
    pairs: pairs.length,
    pooled: pooled(outcomes, "reward"),
    control: pooled(outcomes, "control"),
    withoutDevelopmentFold: pooled(
      outcomes.filter(({ fold }) => fold !== developmentFold),
      "reward",
    ),
    folds: outcomes.map(({ fold, topics, reward }) => ({ fold, topics, metrics: reward.metrics })),
  };
}

/** Two projects: the votes as they are, and the same with permuted sides, on the policy of the first. */
async function oneFold(
  laboratory: Laboratory,
  pairs: readonly ArgumentPair[],
  fold: number,
  say: (line: string) => void,
): Promise<Outcome> {
  const heldOut = topicsOfFold(pairs, fold, folds);
  const name = `fold ${fold}`;
  const projectId = await importArguments(laboratory, name, pairs, heldOut);
  const policyId = await pretrainOn(laboratory, projectId, recipe);
  say(`${name}: pretrained without ${heldOut.size} topics`);
  const reward = await rewardOn(laboratory, projectId, policyId, recipe);
  say(`${name}: reward model, ${accuracyIn(reward)} on held-out votes`);
  const permuted = withPermutedSides(pairs, heldOut, recipe.seed);
  const controlId = await importArguments(laboratory, `${name}, permuted`, permuted, heldOut);
  const control = await rewardOn(laboratory, controlId, policyId, recipe);
  say(`${name}: control, ${accuracyIn(control)}`);
  return { fold, topics: heldOut.size, reward, control };
}

function accuracyIn({ metrics }: FoldResult): string {
  return Number(metrics["heldout.accuracy"]).toFixed(3);
}
