import type { CardGap, Message } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { ComparisonExample } from "../reward/comparison-examples.ts";
import { encodeJudged } from "../reward/labelled-answers.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
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

/**
 * Scores held-out pairs as if their answers had been given to the prompt of another pair, and to none. A model that is as often right
 * then has not read the prompt.
 *
 * @param most pairs to look at: of more, every k-th
 * @param scores raw rewards
 * @throws TrainingError `cancelled`
 */
export async function promptControls(
  examples: readonly ComparisonExample[],
  most: number,
  { tokenizer, context }: { readonly tokenizer: Tokenizer; readonly context: number },
  scores: (sequences: readonly AnswerSequence[]) => Promise<number[]>,
): Promise<{ differences: PromptControls; gaps: { shuffled: CardGap | null; empty: CardGap | null } }> {
  const decided = examples.flatMap(({ label }, index) => (label.outcome === 0 ? [] : { index, label }));
  const stride = Math.max(1, Math.ceil(decided.length / most));
  const chosen = decided.filter((_, place) => place % stride === 0);
  const others = otherPrompts(examples.map(({ label }) => label));
  const measured = async (promptOf: (promptId: string) => readonly Message[] | undefined) => {
    const encoded = chosen.flatMap(({ index, label }) => {
      const prompt = promptOf(label.promptId);
      const encode = (text: string) => prompt && encodeJudged(tokenizer, prompt, text, context);
      const [a, b] = [encode(label.a.text), encode(label.b.text)];
      return a && b ? { index, a, b } : [];
    });
    const rewards = await scores(encoded.flatMap(({ a, b }) => [a, b]));
    return new Map(encoded.map(({ index }, at) => [index, (rewards[2 * at] ?? 0) - (rewards[2 * at + 1] ?? 0)]));
  };
  const [shuffled, empty] = [
    await whereTemplateAllows(() => measured((promptId) => others.get(promptId))),
    await whereTemplateAllows(() => measured(() => noPrompt)),
  ];
  return {
    differences: { shuffled: shuffled ?? new Map(), empty: empty ?? new Map() },
    gaps: {
      shuffled: shuffled ? onePrompt(others) : "template",
      empty: empty ? null : "template",
    },
  };
}

const onePrompt = (others: ReadonlyMap<string, unknown>): CardGap | null => (others.size < 2 ? "one-prompt" : null);

/** For each prompt the one that stands half of all prompts further on, or the first after it whose text is another. */
function otherPrompts(labels: readonly { promptId: string; prompt: Message[] }[]): Map<string, Message[]> {
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
