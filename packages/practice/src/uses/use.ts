import { type Deed, deeds, type Language, type Word } from "../lexicon.ts";
import type { PracticeRandom } from "../random.ts";
import type { Reading } from "../reading.ts";
import type { PracticeEvent } from "../task.ts";

/** What a classification chooses from. */
export interface Classes {
  readonly slot: string;
  readonly words: readonly Word[];
  /** Id of the right one. */
  readonly right: string;
}

/** One of the things that people ask for: how it is asked, answered rightly, answered wrongly, and scored. */
export interface Use<Task> {
  /** How many sentences a good answer has. */
  readonly sentences: number;
  sample(random: PracticeRandom, language: Language): Task;
  /** The same wish in different words. */
  prompts(task: Task): readonly [string, ...string[]];
  /** A right answer; where several are right, one of them. */
  answer(task: Task, random: PracticeRandom): string;
  /** A task near this one, so that its right answer is a plausible wrong answer here. */
  stray(task: Task, random: PracticeRandom): Task;
  /** How far an answer says what was asked for, in [0, 1]. */
  content(task: Task, reading: Reading): number;
  /** Where it is a classification: the classes, and which is right. */
  classes?(task: Task): Classes;
  /** What is told in the other language, where it is a translation. */
  source?(task: Task): string;
}

/** A random word's id with the given probability, else null. */
export function maybe(random: PracticeRandom, probability: number, words: readonly Word[]): string | null {
  return random.chance(probability) ? random.pick(words).en : null;
}

/** A random word's id other than the given one. */
export function another(random: PracticeRandom, words: readonly Word[], id: string | null): string {
  return random.pick(words.filter((word) => word.en !== id)).en;
}

/** A deed that may happen at the place. */
export function chooseDeed(random: PracticeRandom, place: string | null, suits: (deed: Deed) => boolean): Deed {
  return random.pick(deeds.filter((deed) => suits(deed) && (!place || !deed.places || deed.places.includes(place))));
}

/** The same event with one of its slots changed. */
export function strayEvent(
  random: PracticeRandom,
  event: PracticeEvent,
  words: Readonly<Record<"who" | "deed" | "thing", readonly Word[]>>,
): PracticeEvent {
  const slot = random.pick(["who", "deed", "thing"] as const);
  return { ...event, [slot]: another(random, words[slot], event[slot]) };
}
