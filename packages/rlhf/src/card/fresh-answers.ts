import { type Message, ReportCard, reportCardFile } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import { isFrozenModel, restedOn, withRestedOn } from "../features/frozen-model.ts";
import type { Files } from "../model/files.ts";
import { scoreCompletions } from "../reward/score-completions.ts";
import { generateCompletions } from "../rollout/generate-completions.ts";
import type { TrainingData } from "../training/request.ts";
import { TrainingError } from "../training-error.ts";
import { freshPicks } from "./fresh-picks.ts";

/** So many that a large policy answers within a minute or two: the intervals say how little that is. */
const most = { prompts: 12, answers: 4, tokens: 48 } as const;

export interface FreshAnswersRequest {
  readonly engine: Pick<Engine, "tf" | "fingerprint">;
  readonly reward: Files;
  /** Whose answers the model will be picking from. */
  readonly policy: Files;
  /** Of the splits that nothing is learned from. */
  readonly prompts: readonly (readonly Message[])[];
  readonly seed: number | string;
  readonly signal?: AbortSignal | undefined;
}

type Fresh = Pick<ReportCard, "fresh" | "freshMissing">;

/**
 * What best-of-n by the model takes of the policy's own answers to held-out prompts: `freshPicks`. A policy that can't answer them is
 * no reason to have no card.
 *
 * @throws TrainingError `cancelled`
 */
export async function pickFreshAnswers(request: FreshAnswersRequest): Promise<Fresh> {
  const { engine, reward, policy, seed, signal = new AbortController().signal } = request;
  const prompts = someOf(request.prompts);
  if (prompts.length === 0) return { fresh: null, freshMissing: "no-prompt" };
  const asked = prompts.flatMap((prompt) => Array.from({ length: most.answers }, () => prompt));
  try {
    const options = { temperature: 1, maxNewTokens: most.tokens };
    const answers = await generateCompletions({
      engine,
      policy,
      prompts: asked,
      options,
      seed: `${seed} fresh`,
      signal,
    });
    const items = answers.map(({ text }, at) => ({ prompt: asked[at] ?? [], text }));
    const scores = await scoreCompletions({ engine, reward: wholeBeside(reward, policy), items, signal });
    const scored = items.map(({ text }, at) => ({ text, score: scores[at]?.score ?? Number.NaN }));
    const groups = prompts.map((_, at) => scored.slice(most.answers * at, most.answers * (at + 1)));
    return { fresh: freshPicks(groups), freshMissing: null };
  } catch (error) {
    if (error instanceof TrainingError && error.code !== "cancelled") return { fresh: null, freshMissing: "failed" };
    throw error;
  }
}

/** The files of a reward model with fresh answers in its card; those of any other model as they are. @throws TrainingError `cancelled` */
export async function withFreshAnswers(
  reward: Files,
  { data, ...request }: Omit<FreshAnswersRequest, "reward" | "prompts"> & { readonly data: TrainingData },
): Promise<Files> {
  const stored = reward.get(reportCardFile);
  if (!stored) return reward;
  const card = ReportCard.parse(JSON.parse(new TextDecoder().decode(stored)));
  const fresh = await pickFreshAnswers({ ...request, reward, prompts: heldOutPrompts(data) });
  return new Map(reward).set(reportCardFile, new TextEncoder().encode(JSON.stringify({ ...card, ...fresh })));
}

/** A head on the policy's own frozen features scores with the policy beside it. */
function wholeBeside(reward: Files, policy: Files): Files {
  return isFrozenModel(reward) && restedOn(reward).size === 0 ? withRestedOn(reward, policy) : reward;
}

/** The prompts of all labels that are held out, in their order. */
export function heldOutPrompts({ comparisons = [], rankings = [], ratings = [] }: TrainingData): Message[][] {
  return [...comparisons, ...rankings, ...ratings].flatMap(({ split, prompt }) => (split === "train" ? [] : [prompt]));
}

/** Each prompt once; of more than are looked at, every k-th. */
function someOf(prompts: FreshAnswersRequest["prompts"]): FreshAnswersRequest["prompts"] {
  const different = [...new Map(prompts.map((prompt) => [JSON.stringify(prompt), prompt])).values()];
  const stride = Math.max(1, Math.ceil(different.length / most.prompts));
  return different.filter((_, place) => place % stride === 0);
}
