import type { CardFreshPicks } from "@touchstone/contracts";
import { meanOf } from "../arithmetic.ts";
import { clusteredMean, clusteredShare } from "../reward/clustered-interval.ts";
import { cardFigure } from "./card-figure.ts";

export interface FreshAnswer {
  readonly text: string;
  /** By the reward model. */
  readonly score: number;
}

/**
 * Which of a policy's own answers best-of-n by the model takes (Stiennon et al. 2020, app. G.3: n answers, the best of which lies
 * log n − (n − 1)/n nats from one). Nobody has judged them, so nothing is said of how good the picks are, but of what they are picked
 * by: a model that takes the longest far more often than chance does makes a policy long-winded.
 *
 * @param groups the answers to each prompt, as many to each
 */
export function freshPicks(groups: readonly (readonly FreshAnswer[])[]): CardFreshPicks {
  const answers = groups[0]?.length ?? 0;
  const rows = groups.map((own, prompt) => {
    const lengths = own.map(({ text }) => text.length);
    const [longest, best] = [Math.max(...lengths), Math.max(...own.map(({ score }) => score))];
    const isLongest = (length: number) => Number(length === longest);
    // Of equal scores each is taken as often.
    const picked = own.filter(({ score }) => score === best).map(({ text }) => text.length);
    return {
      cluster: String(prompt),
      different: new Set(own.map(({ text }) => text)).size,
      longest: meanOf(picked.map(isLongest)),
      chance: meanOf(lengths.map(isLongest)),
      longer: meanOf(picked) - meanOf(lengths),
    };
  });
  const longest = clusteredShare(rows.map(({ cluster, longest }) => ({ cluster, value: longest })));
  const longer = clusteredMean(rows.map(({ cluster, longer }) => ({ cluster, value: longer })));
  return {
    prompts: groups.length,
    answers,
    different: meanOf(rows.map(({ different }) => different)),
    kl: Math.log(answers) - (answers - 1) / answers,
    longest: cardFigure({ value: longest.mean, ...longest }),
    chance: meanOf(rows.map(({ chance }) => chance)),
    longer: cardFigure({ value: longer.mean, ...longer }),
  };
}
