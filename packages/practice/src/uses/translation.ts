import { deeds, type Language, looks, people, places, things } from "../lexicon.ts";
import { sentenceOf, slotCredit, weigh } from "../reading.ts";
import { writeSentence } from "../sentences.ts";
import type { TranslationTask } from "../task.ts";
import { another, chooseDeed, maybe, strayEvent, type Use } from "./use.ts";

/** One sentence from one language into the other. */
export const translation: Use<TranslationTask> = {
  sentences: 1,

  sample(random, language) {
    const place = maybe(random, 0.6, places);
    const deed = chooseDeed(random, place, () => true).en;
    const event = {
      who: random.pick(people).en,
      deed,
      look: maybe(random, 0.5, looks),
      thing: random.pick(things).en,
      place,
    };
    return { use: "translation", language, event };
  },

  prompts(task) {
    const source = sourceOf(task);
    return task.language === "zh"
      ? [`Translate into Chinese: ${source}`, `In Chinese: ${source}`]
      : [`翻译成英语：${source}`, `用英语说：${source}`];
  },

  answer: ({ language, event }) => writeSentence("event", event, language),

  stray(task, random) {
    const { event } = task;
    if (event.place && random.chance(0.3))
      return { ...task, event: { ...event, place: another(random, places, event.place) } };
    if (event.look && random.chance(0.3))
      return { ...task, event: { ...event, look: another(random, looks, event.look) } };
    if (random.chance(0.2)) return { ...task, event: { ...event, look: null, place: null } };
    return { ...task, event: strayEvent(random, event, { who: people, deed: deeds, thing: things }) };
  },

  content({ event }, reading) {
    const sentence = sentenceOf(reading, "event");
    const points: [number, number][] = [];
    for (const slot of ["who", "deed", "thing", "look", "place"] as const) {
      const wanted = event[slot];
      if (wanted) points.push([slotCredit(reading, sentence, slot, wanted), 1]);
      else if (sentence?.slots[slot]) points.push([0, 0.5]); // what the source doesn't say is no translation of it
    }
    return weigh(points);
  },

  source: sourceOf,
};

function sourceOf({ language, event }: TranslationTask): string {
  const from: Language = language === "zh" ? "en" : "zh";
  return writeSentence("event", event, from);
}
