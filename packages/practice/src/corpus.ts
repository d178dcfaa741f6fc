import { languages, people, places, things } from "./lexicon.ts";
import { bindTask } from "./practice-world.ts";
import { promptOf, sampleIn } from "./prompts.ts";
import { type PracticeRandom, practiceRandom } from "./random.ts";
import { endingForms } from "./sentence-forms.ts";
import { pronounOf, writeSentence } from "./sentences.ts";

/**
 * Texts for pretraining, one short document each: what the world's people do, told in one language or side by side in
 * both, and questions with right answers. Only meanings of the training split appear, so that no test prompt is met early.
 */
export function practiceCorpus(seed: number | string, size: number): string[] {
  const random = practiceRandom(`corpus/${seed}`);
  return Array.from({ length: size }, (_, turn) => document(random, turn));
}

function document(random: PracticeRandom, turn: number): string {
  const kind = random.uniform();
  if (kind < 0.6) return asked(random, turn);
  if (kind < 0.85) return sideBySide(random);
  return facts(random);
}

/** A prompt and a right answer below it, as plain text. */
function asked(random: PracticeRandom, turn: number): string {
  const task = sampleIn(random, "train", turn);
  const { messages } = promptOf(task, random);
  return [...messages.map((message) => message.content), bindTask(task).answer(random)].join("\n");
}

/** One event in both languages, either first. */
function sideBySide(random: PracticeRandom): string {
  const translationTurn = 2; // see sampleTask: turns 2 and 3 are translations
  const task = sampleIn(random, "train", translationTurn + random.int(2));
  const bound = bindTask(task);
  return `${bound.source ?? ""}\n${bound.answer(random)}`;
}

/** A few plain sentences about one person and one thing, in one language. */
function facts(random: PracticeRandom): string {
  const language = random.pick(languages);
  const who = random.pick(people).en;
  const thing = random.pick(things).en;
  return [
    writeSentence("holds", { who, thing }, language),
    writeSentence("stands", { thing, place: random.pick(places).en }, language),
    writeSentence(random.pick(endingForms).id, { pronoun: pronounOf(who) }, language),
  ].join(language === "en" ? " " : "");
}
