import type { Message } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import type { Ensemble, RewardHead } from "../model/head.ts";
import { reportedScore } from "../model/heads.ts";
import type { Model } from "../model/model-files.ts";
import { openParameters } from "../model/parameters.ts";
import type { Team } from "../parallel/team.ts";
import { alignedMembers, combinedScore } from "./ensemble.ts";
import { encodeReadable } from "./labelled-answers.ts";
import { memberNetworks, scoreAspects } from "./reward-network.ts";

export interface ScoredItem {
  readonly prompt: readonly Message[];
  readonly text: string;
}

export interface AnswerScore {
  /** On the model's own axis: 1–5 for ratings, log-odds for comparisons. Comparable within a prompt and a model only. */
  readonly score: number;
  /** Mean 0 and deviation 1 on the reference set that is stored with the model. */
  readonly normalised: number;
  /** Whether the answer was longer than the model's context, so that its end was not read. */
  readonly truncated: boolean;
  /** Of an ensemble: each member's score, moved to a common level. */
  readonly members?: readonly number[];
  /** By aspect, where the model has heads for them: score = Σ weight · aspect (an ensemble's: of the members' means). */
  readonly aspects?: Readonly<Record<string, number>>;
}

/** A reward model inside the engine. */
export interface RewardScorer {
  /** @throws TrainingError `cancelled` */
  score(items: readonly ScoredItem[], signal?: AbortSignal): Promise<AnswerScore[]>;
  dispose(): void;
}

/** How an ensemble's members become one score, where it is not as the model says. */
export type Combination = Pick<Ensemble, "combine" | "penalty">;

export function openRewardScorer(
  tf: TensorFlow,
  model: Model<RewardHead>,
  { combination, team }: { readonly combination?: Combination | undefined; readonly team?: Team | undefined } = {},
): RewardScorer {
  const { config, tokenizer, head } = model;
  const parameters = openParameters(tf, model.weights);
  const { likelihood, lexical, surface, aspects, ensemble } = head;
  const terms = { likelihood, lexical, surface, aspects };
  const members = memberNetworks({
    ...{ tf, config, tokenizer, parameters, team, ...terms },
    members: ensemble?.members ?? 1,
  });
  return {
    async score(items, signal) {
      const sequences = items.map((item) => encodeReadable(tokenizer, item.prompt, item.text, config.context));
      const raw: number[][][] = []; // member, answer, head
      for (const member of members) raw.push(await scoreAspects(member, sequences, signal));
      return sequences.map(({ truncated }, index) => ({
        ...answerScore(
          head,
          raw.map((rows) => rows[index] ?? []),
          combination,
        ),
        truncated,
      }));
    },
    dispose: () => parameters.dispose(),
  };
}

/** @param raw what each head of each member gives one answer */
function answerScore(
  head: RewardHead,
  raw: readonly number[][],
  combination?: Combination,
): Omit<AnswerScore, "truncated"> {
  const { aspects, ensemble } = head;
  const rewards = raw.map((heads) => (aspects ? weightedSum(heads, aspects) : (heads[0] ?? Number.NaN)));
  const byAspect = aspects && {
    aspects: Object.fromEntries(
      aspects.map(({ name, offset }, k) => [
        name,
        offset + head.scale * meanOf(raw.map((heads) => heads[k] ?? Number.NaN)),
      ]),
    ),
  };
  if (!ensemble) return { ...reportedScore(head, rewards[0] ?? Number.NaN), ...byAspect };
  const members = alignedMembers(rewards, ensemble.centres).map((value) => head.offset + head.scale * value);
  const score = combinedScore(members, combination ?? ensemble);
  const { mean, standardDeviation } = head.normalisation;
  return { score, normalised: (score - mean) / standardDeviation, members, ...byAspect };
}

function weightedSum(heads: readonly number[], aspects: NonNullable<RewardHead["aspects"]>): number {
  return aspects.reduce((sum, { weight }, k) => sum + weight * (heads[k] ?? Number.NaN), 0);
}
