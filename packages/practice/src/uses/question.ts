import { colours, people, places, things, type Word } from "../lexicon.ts";
import { mentions, sentenceOf } from "../reading.ts";
import { writeSentence } from "../sentences.ts";
import type { QuestionTask } from "../task.ts";
import { another, type Use } from "./use.ts";

type Asks = QuestionTask["asks"];

/** What each question is after: the slot that holds the answer, the sentence that states it, the words that may fill it. */
const kinds: Readonly<Record<Asks, { slot: string; form: string; words: readonly Word[] }>> = {
  who: { slot: "who", form: "holds", words: people },
  place: { slot: "place", form: "stands", words: places },
  colour: { slot: "colour", form: "looks", words: colours },
};

/** Two facts and a question about one of them: reading, not knowing. */
export const question: Use<QuestionTask> = {
  sentences: 1,

  sample(random, language) {
    const asks = random.pick(["who", "place", "colour"] as const);
    const { words } = kinds[asks];
    const first = { thing: random.pick(things).en, value: random.pick(words).en };
    const second = { thing: another(random, things, first.thing), value: another(random, words, first.value) };
    return { use: "question", language, asks, facts: [first, second], about: random.chance(0.5) ? 0 : 1 };
  },

  prompts(task) {
    const { language, asks, facts, about } = task;
    const told = facts.map((fact) => state(task, fact)).join(language === "en" ? " " : "");
    const thing = things.find((candidate) => candidate.en === facts[about].thing)?.[language] ?? "";
    const en = {
      who: `Who has the ${thing}?`,
      place: `Where is the ${thing}?`,
      colour: `What colour is the ${thing}?`,
    };
    const zh = { who: `谁拿着${thing}？`, place: `${thing}在哪里？`, colour: `${thing}是什么颜色？` };
    return language === "en" ? [`${told} ${en[asks]}`] : [`${told}${zh[asks]}`];
  },

  answer: (task) => state(task, task.facts[task.about]),

  /** The other fact's value, or something that was never said. */
  stray(task, random) {
    const [first, second] = task.facts;
    if (random.chance(0.5))
      return {
        ...task,
        facts: [
          { ...first, value: second.value },
          { ...second, value: first.value },
        ],
      };
    if (random.chance(0.4)) return { ...task, about: task.about === 0 ? 1 : 0 };
    const stranger = another(random, kinds[task.asks].words, task.facts[task.about].value);
    return {
      ...task,
      facts: [
        { ...first, value: stranger },
        { ...second, value: stranger },
      ],
    };
  },

  content({ asks, facts, about }, reading) {
    const { slot, form } = kinds[asks];
    const right = facts[about];
    const wrong = facts[about === 0 ? 1 : 0];
    const stated = sentenceOf(reading, form);
    if (stated) {
      const value = stated.slots[slot] === right.value;
      const thing = stated.slots.thing === right.thing;
      if (value) return thing ? 1 : 0.5;
      return thing ? 0.25 : 0.15;
    }
    // A bare word answers too, only less well than a sentence; naming both is guessing.
    if (!mentions(reading, slot, right.value)) return 0;
    return mentions(reading, slot, wrong.value) ? 0.3 : 0.8;
  },
};

function state({ asks, language }: QuestionTask, fact: { thing: string; value: string }): string {
  const { slot, form } = kinds[asks];
  return writeSentence(form, { thing: fact.thing, [slot]: fact.value }, language);
}
