import { type Comparison, type Demonstration, TrainingSpec, type TrainingSpecInput } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import { type AnsweredPrompt, type Files, generateCompletions, runTrainer } from "@touchstone/rlhf";
import { grouped, maxNewTokens } from "./measure.ts";
import { storyPrompts } from "./prompts.ts";
import { warmth } from "./rule.ts";

/** A stored completion with what the rule gave it. */
export interface Scored extends AnsweredPrompt {
  readonly reward: number;
}

/** `size` completions of the starting policy, as many to each training prompt. Drawn once: all three learn from the same. */
export async function storedCompletions(engine: Engine, start: Files, size: number, seed: number): Promise<Scored[]> {
  const prompts = storyPrompts("train");
  const asked = Array.from({ length: size }, (_, index) => prompts[Math.floor((index * prompts.length) / size)]);
  const items = asked.flatMap((item) => item ?? []);
  const answers = await generateCompletions({
    engine,
    policy: start,
    prompts: items.map(({ prompt }) => prompt),
    options: { temperature: 1, maxNewTokens },
    seed: `stored/${seed}`,
    slots: 64,
  });
  return items.map((item, index) => {
    const text = answers[index]?.text ?? "";
    return { ...item, text, reward: warmth(text) };
  });
}

/** Behaviour cloning's data: the quarter with the highest reward, the first of equals. */
export function bestQuarter(stored: readonly Scored[]): Demonstration[] {
  return [...stored]
    .sort((x, y) => y.reward - x.reward)
    .slice(0, Math.floor(stored.length / 4))
    .map(({ promptId, prompt, split, text }) => ({
      kind: "demonstration",
      promptId,
      prompt: [...prompt],
      split,
      text,
    }));
}

/** DPO's data: of each prompt's answers the best beside the worst, the second beside the second worst, and so on; no ties. */
export function bestBesideWorst(stored: readonly Scored[]): Comparison[] {
  return [...grouped(stored, ({ promptId }) => promptId)].flatMap(([promptId, own]) => {
    const ranked = [...own].sort((x, y) => y.reward - x.reward);
    const half = ranked.slice(0, Math.floor(ranked.length / 2));
    return half.flatMap((best, place): Comparison[] => {
      const worst = ranked.at(-1 - place);
      if (!worst || best.reward === worst.reward) return [];
      const id = `${promptId}/${place}`;
      return [
        {
          kind: "comparison",
          judgementId: id,
          annotator: "rule",
          promptId,
          prompt: [...best.prompt],
          split: best.split,
          a: { completionId: `${id}/a`, text: best.text },
          b: { completionId: `${id}/b`, text: worst.text },
          outcome: 1,
          bothBad: false,
          first: "a",
          weight: 1,
        },
      ];
    });
  });
}

/** One of the ways to learn from stored completions, with the settings it was given. */
export async function learnFrom(
  engine: Engine,
  start: Files,
  stored: readonly Scored[],
  spec: TrainingSpecInput,
  seed: number,
): Promise<Files> {
  const data = {
    demonstrations: bestQuarter(stored),
    comparisons: bestBesideWorst(stored),
    answers: stored,
  };
  const parsed = TrainingSpec.parse(spec);
  return (await runTrainer({ spec: parsed, data, models: { policy: start }, engine, seed })).files;
}
