import type { Message } from "@touchstone/contracts";
import { type Language, languages } from "./lexicon.ts";
import { bindTask, sampleTask } from "./practice-world.ts";
import { hash32, type PracticeRandom, practiceRandom } from "./random.ts";
import type { PracticeTask } from "./task.ts";

export type Split = "train" | "validation" | "test";
export type PracticeUse = "story" | "translation" | "question" | "classification";

/** A prompt of the practice world. `task` is its metadata: with it any answer can be scored by `utility`. */
export interface PracticePrompt {
  readonly id: string;
  readonly messages: Message[];
  /** The language in which it is asked; the answer's is `task.language` and differs for translation only. */
  readonly language: Language;
  readonly use: PracticeUse;
  readonly split: Split;
  readonly sourceText: string | null;
  readonly task: PracticeTask;
}

/**
 * The permanent split of a task: a hash of its meaning, without language and wording, so that a test prompt's
 * translation or paraphrase is a test prompt too. 80 % train, 10 % validation, 10 % test.
 */
export function splitOf(task: PracticeTask): Split {
  const { language: _language, ...meaning } = task;
  const bucket = hash32(JSON.stringify(meaning)) % 10;
  if (bucket === 0) return "test";
  return bucket === 1 ? "validation" : "train";
}

/**
 * `size` different prompts of one split, the four uses and two languages in turn.
 * @throws RangeError when the world has no more of them
 */
export function practicePrompts(seed: number | string, size: number, split: Split): PracticePrompt[] {
  const random = practiceRandom(`prompts/${seed}/${split}`);
  const prompts = new Map<string, PracticePrompt>();
  let misses = 0; // in a row: this many without a new prompt and there are none left worth searching for
  while (prompts.size < size) {
    const prompt = promptOf(sampleIn(random, split, prompts.size), random);
    if (!prompts.has(prompt.id)) misses = 0;
    else if (++misses > 5_000) throw new RangeError(`the practice world has no more than ${prompts.size} such prompts`);
    prompts.set(prompt.id, prompt);
  }
  return [...prompts.values()];
}

/** A task of that split; see `sampleTask` for `turn`. */
export function sampleIn(random: PracticeRandom, split: Split, turn: number): PracticeTask {
  for (;;) {
    const task = sampleTask(random, turn);
    if (splitOf(task) === split) return task;
  }
}

/** The task in words; where there are several wordings, one of them. */
export function promptOf(task: PracticeTask, random: PracticeRandom): PracticePrompt {
  const bound = bindTask(task);
  const content = random.pick(bound.prompts);
  const other = languages.find((language) => language !== task.language) ?? task.language;
  return {
    id: `practice-${hash32(content).toString(16).padStart(8, "0")}`,
    messages: [{ role: "user", content }],
    language: task.use === "translation" ? other : task.language,
    use: task.use === "feeling" || task.use === "kind" ? "classification" : task.use,
    split: splitOf(task),
    sourceText: bound.source,
    task,
  };
}
