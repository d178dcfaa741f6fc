import type { Message } from "@touchstone/contracts";
import { type BoundTask, bindTask } from "./practice-world.ts";
import { promptOf, sampleIn } from "./prompts.ts";
import { type PracticeRandom, practiceRandom } from "./random.ts";
import type { PracticeTask } from "./task.ts";

export interface PracticeDemonstration {
  readonly prompt: Message[];
  readonly text: string;
  readonly task: PracticeTask;
}

/**
 * Share of demonstrations that are right. The rest fail in the ways that people's do, so that a policy which imitates
 * them is mediocre on purpose: policy optimisation must have something left to gain.
 */
const rightShare = 0.5;

/** Demonstrations of deliberately mixed quality for supervised fine-tuning, from the training split only. */
export function practiceDemonstrations(seed: number | string, size: number): PracticeDemonstration[] {
  const random = practiceRandom(`demonstrations/${seed}`);
  return Array.from({ length: size }, (_, turn) => {
    const task = sampleIn(random, "train", turn);
    const { messages } = promptOf(task, random);
    const text = random.chance(rightShare) ? bindTask(task).answer(random) : flawedAnswer(task, random);
    return { prompt: messages, text, task };
  });
}

/** A plausible answer with something wrong in it, never empty. */
export function flawedAnswer(task: PracticeTask, random: PracticeRandom): string {
  const bound = bindTask(task);
  const kinds = flaws.flatMap(({ weight, make }) => Array.from({ length: weight }, () => make));
  return random.pick(kinds)(bound, random);
}

type Flaw = (bound: BoundTask, random: PracticeRandom) => string;

/** Most mistakes are of substance; the others are of form. Weights are relative frequencies. */
const flaws: readonly { weight: number; make: Flaw }[] = [
  { weight: 6, make: (bound, random) => bound.stray(random).answer(random) },
  { weight: 3, make: (bound, random) => bound.stray(random).stray(random).answer(random) },
  { weight: 2, make: (bound, random) => unfinished(bound.answer(random), bound.task) },
  { weight: 2, make: (bound, random) => repeated(bound.answer(random), bound.task) },
  { weight: 2, make: (bound, random) => inOtherLanguage(bound.task).answer(random) },
  { weight: 2, make: (bound, random) => rambling(bound, random) },
  { weight: 1, make: (bound, random) => shuffled(bound.answer(random), bound.task, random) },
];

function inOtherLanguage(task: PracticeTask): BoundTask {
  return bindTask({ ...task, language: task.language === "en" ? "zh" : "en" });
}

/** Breaks off two thirds of the way, without a stop. */
function unfinished(text: string, { language }: PracticeTask): string {
  const parts = language === "en" ? text.split(" ") : [...text];
  return parts
    .slice(0, Math.max(1, Math.floor((parts.length * 2) / 3)))
    .join(language === "en" ? " " : "")
    .replace(/[.。\s]+$/u, "");
}

/** Says its last sentence twice. */
function repeated(text: string, { language }: PracticeTask): string {
  const sentences = text.match(/[^.。]+[.。]/gu) ?? [text];
  const last = (sentences.at(-1) ?? text).trim();
  return language === "en" ? `${text} ${last}` : `${text}${last}`;
}

/** Answers, then adds a sentence that nobody asked for. */
function rambling(bound: BoundTask, random: PracticeRandom): string {
  const more = bound.stray(random).answer(random);
  const extra = (more.match(/[^.。]+[.。]/u)?.[0] ?? more).trim();
  return bound.task.language === "en" ? `${bound.answer(random)} ${extra}` : `${bound.answer(random)}${extra}`;
}

/** The right words in a wrong order: two neighbours change places, three times. */
function shuffled(text: string, { language }: PracticeTask, random: PracticeRandom): string {
  const parts = language === "en" ? text.split(" ") : [...text];
  for (let i = 0; i < 3 && parts.length > 1; i++) {
    const at = random.int(parts.length - 1);
    parts.splice(at, 2, ...parts.slice(at, at + 2).reverse());
  }
  return parts.join(language === "en" ? " " : "");
}
