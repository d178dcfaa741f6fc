import type { Language } from "./lexicon.ts";
import type { PracticeRandom } from "./random.ts";
import type { Reading } from "./reading.ts";
import type { PracticeTask } from "./task.ts";
import { feeling } from "./uses/feeling.ts";
import { kind } from "./uses/kind.ts";
import { question } from "./uses/question.ts";
import { story } from "./uses/story.ts";
import { translation } from "./uses/translation.ts";
import type { Classes, Use } from "./uses/use.ts";

/** A task bound to its use, so that callers need not know which of the uses it is. */
export interface BoundTask {
  readonly task: PracticeTask;
  /** Sentences that a good answer has. */
  readonly sentences: number;
  readonly prompts: readonly [string, ...string[]];
  readonly source: string | null;
  answer(random: PracticeRandom): string;
  stray(random: PracticeRandom): BoundTask;
  content(reading: Reading): number;
  readonly classes: Classes | null;
}

/** Story, translation, question, and classification twice (of feelings and of kinds). */
export function bindTask(task: PracticeTask): BoundTask {
  switch (task.use) {
    case "story":
      return bind(story, task);
    case "translation":
      return bind(translation, task);
    case "question":
      return bind(question, task);
    case "feeling":
      return bind(feeling, task);
    case "kind":
      return bind(kind, task);
  }
}

const samplers = [
  story.sample,
  translation.sample,
  question.sample,
  (random: PracticeRandom, language: Language) =>
    // There are few kinds to ask about, so feelings come more often.
    random.chance(0.7) ? feeling.sample(random, language) : kind.sample(random, language),
] as const satisfies readonly ((random: PracticeRandom, language: Language) => PracticeTask)[];

/** A random task; `turn` goes round the four uses and the two languages, so that any run of eight has each once. */
export function sampleTask(random: PracticeRandom, turn: number): PracticeTask {
  const language = turn % 2 === 0 ? "en" : "zh";
  const sample = samplers[Math.floor(turn / 2) % samplers.length] ?? story.sample;
  return sample(random, language);
}

function bind<T extends PracticeTask>(use: Use<T>, task: T): BoundTask {
  return {
    task,
    sentences: use.sentences,
    prompts: use.prompts(task),
    source: use.source?.(task) ?? null,
    answer: (random) => use.answer(task, random),
    stray: (random) => bind(use, use.stray(task, random)),
    content: (reading) => use.content(task, reading),
    classes: use.classes?.(task) ?? null,
  };
}
