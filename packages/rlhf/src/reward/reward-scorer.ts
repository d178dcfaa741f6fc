import type { Message, ScorePart } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { Ensemble, RewardHead } from "../model/head.ts";
import { reportedScore } from "../model/heads.ts";
import type { Model } from "../model/model-files.ts";
import { openParameters } from "../model/parameters.ts";
import type { Team } from "../parallel/team.ts";
import { alignedMembers, combinedScore } from "./ensemble.ts";
import { encodeReadable } from "./labelled-answers.ts";
import {
  memberNetworks,
  partsOfNetwork,
  type RewardInParts,
  type RewardNetwork,
  scoreAspects,
  scoreWithParts,
} from "./reward-network.ts";
import { rewardOfHeads, scoreParts } from "./score-parts.ts";

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
  /** Where they were asked for: the parts whose sum `score` is; null where the model is one network and has none. */
  readonly parts?: readonly ScorePart[] | null;
}

/** What is wanted of a score beside it. */
export interface ScoreWishes {
  readonly parts?: boolean | undefined;
}

/** A reward model inside the engine. */
export interface RewardScorer {
  /** @throws TrainingError `cancelled` */
  score(items: readonly ScoredItem[], signal?: AbortSignal, wishes?: ScoreWishes): Promise<AnswerScore[]>;
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
    async score(items, signal, { parts = false } = {}) {
      const sequences = items.map((item) => encodeReadable(tokenizer, item.prompt, item.text, config.context));
      const raw: RewardInParts[][] = []; // member, answer
      for (const member of members) raw.push(await rewardsBy(member, sequences, parts, signal));
      const names = members[0] && parts ? partsOfNetwork(members[0]) : null;
      return sequences.map(({ truncated }, index) => {
        const ofMembers = raw.map((rows) => rows[index] ?? { heads: [], parts: [] });
        const said = answerScore(
          head,
          ofMembers.map(({ heads }) => heads),
          combination,
        );
        return { ...said, ...(names && { parts: scoreParts(head, names, ofMembers, combination) }), truncated };
      });
    },
    dispose: () => parameters.dispose(),
  };
}

async function rewardsBy(
  member: RewardNetwork,
  sequences: readonly AnswerSequence[],
  parts: boolean,
  signal: AbortSignal | undefined,
): Promise<RewardInParts[]> {
  if (parts) return scoreWithParts(member, sequences, signal);
  return (await scoreAspects(member, sequences, signal)).map((heads) => ({ heads, parts: [] }));
}

/** @param raw what each head of each member gives one answer */
function answerScore(
  head: RewardHead,
  raw: readonly (readonly number[])[],
  combination?: Combination,
): Omit<AnswerScore, "truncated"> {
  const { aspects, ensemble } = head;
  const rewards = raw.map((heads) => rewardOfHeads(heads, aspects));
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
