import type { Comparison } from "@touchstone/contracts";
import { readArgumentPairs } from "../../harness/argument-pairs.ts";
import { foldOf, readHarmlessness } from "../harmlessness/rows.ts";
import { topicsOfFold } from "../reward-on-arguments/topics.ts";
import { readStrictPairs } from "../strict-arguments/rows.ts";
import { type Fold, withOthersPrompts } from "./experiment.ts";

export const folds = 5;

/**
 * UKPConvArgStrict, whole topics out: heads learn from the five votes on each pair as soft labels and are measured on the clear winner. Prompts
 * of the training rows are topics, so that a topic is never on both sides of the inner choice either.
 */
export async function argumentFolds(): Promise<Fold[]> {
  const strict = await readStrictPairs();
  const votesOf = new Map((await readArgumentPairs()).map(({ id, votes }) => [id, votes]));
  return Array.from({ length: folds }, (_, fold) => {
    const topics = topicsOfFold(strict, fold, folds);
    const test: Comparison[] = strict.flatMap(({ title, ...pair }) =>
      topics.has(title) ? [{ ...pair, split: "test" }] : [],
    );
    const train = strict.flatMap(({ title, ...pair }) =>
      topics.has(title)
        ? []
        : (votesOf.get(pair.judgementId) ?? []).map(
            (vote): Comparison => ({
              ...pair,
              judgementId: `${pair.judgementId} ${vote.worker}`,
              annotator: vote.worker,
              promptId: title,
              outcome: outcomes[vote.value],
            }),
          ),
    );
    return { train, test, shuffled: withOthersPrompts(test) };
  });
}

const outcomes = { a1: 2, equal: 0, a2: -2 };

/** HH's harmless pairs, conversations that began alike never on both sides. The control is on one fold: it has to read every pair anew. */
export async function harmlessFolds(pairs = Number.POSITIVE_INFINITY): Promise<Fold[]> {
  const rows = (await readHarmlessness()).slice(0, pairs);
  return Array.from({ length: folds }, (_, fold) => {
    const isTest = (row: Comparison) => foldOf(row, folds) === fold;
    const test: Comparison[] = rows.filter(isTest).map((row) => ({ ...row, split: "test" }));
    return {
      train: rows.filter((row) => !isTest(row)).map((row) => ({ ...row, split: "train" })),
      test,
      shuffled: fold === 0 ? withOthersPrompts(test) : undefined,
    };
  });
}
