import type { Message } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import type { RewardHead } from "../model/head.ts";
import { reportedScore } from "../model/heads.ts";
import type { Model } from "../model/model-files.ts";
import { openParameters } from "../model/parameters.ts";
import type { Team } from "../parallel/team.ts";
import { encodeJudged, leastPrompt } from "./labelled-answers.ts";
import { scoreSequences } from "./reward-network.ts";

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
}

/** A reward model inside the engine. */
export interface RewardScorer {
  /** @throws TrainingError `cancelled` */
  score(items: readonly ScoredItem[], signal?: AbortSignal): Promise<AnswerScore[]>;
  dispose(): void;
}

export function openRewardScorer(tf: TensorFlow, model: Model<RewardHead>, team?: Team): RewardScorer {
  const { config, tokenizer, head } = model;
  const parameters = openParameters(tf, model.weights);
  const { likelihood, lexical: term } = head;
  const { special } = tokenizer;
  const words = term && { term, tokenizer };
  const network = { tf, parameters, config, pad: special.pad, likelihood, team, lexical: words };
  return {
    async score(items, signal) {
      const sequences = items.map(({ prompt, text }) => {
        const whole = encodeJudged(tokenizer, prompt, text, config.context);
        if (whole) return { ...whole, truncated: false };
        const [begin = special.bos, ...start] = tokenizer.encodePrompt(prompt);
        // The answer alone is too long: its beginning is read, after as little of the prompt as makes sense.
        const ids = [begin, ...start.slice(-leastPrompt), ...tokenizer.encodeAnswer(text)];
        const answerStart = 1 + Math.min(start.length, leastPrompt);
        return { ids: [...ids.slice(0, config.context - 1), special.eos], answerStart, truncated: true };
      });
      const raw = await scoreSequences(network, sequences, signal);
      return sequences.map(({ truncated }, index) => ({ ...reportedScore(head, raw[index] ?? Number.NaN), truncated }));
    },
    dispose: () => parameters.dispose(),
  };
}
