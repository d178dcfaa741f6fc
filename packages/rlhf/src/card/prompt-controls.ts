import type { CardGap, Comparison, Message } from "@touchstone/contracts";
import { TrainingError } from "../training-error.ts";
import type { PromptControls } from "./card-pair.ts";

/** A user who says nothing: templates want a turn to answer. */
const noPrompt: readonly Message[] = [{ role: "user", content: "" }];

/** What the controls may cost, as a share of what the training itself costs. */
const share = 0.05;
/** A pass forward and back is worth this many passes forward. */
const passesOfStep = 3;
/** Looked at whatever it costs, in pairs: fewer would say nothing, and so few cost nothing. */
const leastPairs = 16;

/** How many pairs are scored once more for each of the two controls, so that the run becomes longer by a twentieth at most. */
export function controlledPairs(trained: number, epochs: number): number {
  const controls = 2;
  return Math.max(leastPairs, Math.floor((share * passesOfStep * trained * epochs) / controls));
}

/** Two answers under a prompt that need not be theirs. */
export interface PairToScore {
  readonly prompt: readonly Message[];
  readonly a: string;
  readonly b: string;
}

export interface MeasuredControls {
  readonly differences: PromptControls;
  readonly gaps: { readonly shuffled: CardGap | null; readonly empty: CardGap | null };
}

/**
 * Scores held-out pairs as if their answers had been given to the prompt of another pair, and to none. A model that is as often right
 * then has not read the prompt.
 *
 * @param most pairs to look at: of more, every k-th
 * @param differencesOf reward of a less that of b for each pair, undefined where an answer does not fit
 * @throws TrainingError `cancelled`
 */
export async function promptControls(
  labels: readonly Comparison[],
  most: number,
  differencesOf: (pairs: readonly PairToScore[]) => Promise<(number | undefined)[]>,
): Promise<MeasuredControls> {
  const decided = labels.flatMap((label, index) => (label.outcome === 0 ? [] : { index, label }));
  const stride = Math.max(1, Math.ceil(decided.length / most));
  const chosen = decided.filter((_, place) => place % stride === 0);
  const others = otherPrompts(labels);
  const measured = async (promptOf: (promptId: string) => readonly Message[] | undefined) => {
    const pairs = chosen.flatMap(({ index, label: { promptId, a, b } }) => {
      const prompt = promptOf(promptId);
      return prompt ? { index, prompt, a: a.text, b: b.text } : [];
    });
    const differences = await differencesOf(pairs);
    return new Map(
      pairs.flatMap(({ index }, at) => {
        const difference = differences[at];
        return difference === undefined ? [] : [[index, difference] as const];
      }),
    );
  };
  const [shuffled, empty] = [
    await whereTemplateAllows(() => measured((promptId) => others.get(promptId))),
    await whereTemplateAllows(() => measured(() => noPrompt)),
  ];
  const ofOnePrompt = others.size < 2 ? "one-prompt" : null;
  return {
    differences: { shuffled: shuffled ?? new Map(), empty: empty ?? new Map() },
    gaps: { shuffled: shuffled ? ofOnePrompt : "template", empty: empty ? null : "template" },
  };
}

/** For each prompt the one that stands half of all prompts further on, or the first after it whose text is another. */
function otherPrompts(labels: readonly Pick<Comparison, "promptId" | "prompt">[]): Map<string, Message[]> {
  const prompts = [...new Map(labels.map(({ promptId, prompt }) => [promptId, prompt]))];
  const texts = prompts.map(([, prompt]) => JSON.stringify(prompt));
  const half = Math.floor(prompts.length / 2);
  return new Map(
    prompts.flatMap(([promptId], place) => {
      for (let step = 0; step < prompts.length; step++) {
        const other = (place + half + step) % prompts.length;
        const found = prompts[other];
        if (found && texts[other] !== texts[place]) return [[promptId, found[1]] as const];
      }
      return [];
    }),
  );
}

/** A chat template may refuse a turn that says nothing, or a system turn in the place of a user's. */
async function whereTemplateAllows<T>(measure: () => Promise<T>): Promise<T | null> {
  try {
    return await measure();
  } catch (error) {
    if (error instanceof TrainingError && error.code === "bad_model_files") return null;
    throw error;
  }
}
