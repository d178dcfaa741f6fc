import { deeds, feelings, looks, lookUp, people, places, things } from "../lexicon.ts";
import { mentions, sentenceOf, slotCredit } from "../reading.ts";
import { surface, writeSentence } from "../sentences.ts";
import type { FeelingTask } from "../task.ts";
import { chooseDeed, maybe, strayEvent, type Use } from "./use.ts";

const moving = deeds.filter((deed) => deed.mood);

/** Happy or sad, with the reason. */
export const feeling: Use<FeelingTask> = {
  sentences: 1,

  sample(random, language) {
    const place = maybe(random, 0.3, places);
    const deed = chooseDeed(random, place, (candidate) => candidate.mood !== null).en;
    const event = {
      who: random.pick(people).en,
      deed,
      look: maybe(random, 0.4, looks),
      thing: random.pick(things).en,
      place,
    };
    return { use: "feeling", language, event };
  },

  prompts({ language, event }) {
    const told = writeSentence("event", event, language);
    return language === "en"
      ? [`Happy or sad? ${told}`, `${told} Is ${event.who} happy or sad?`]
      : [`高兴还是难过？${told}`, `${told}${surface("who", event.who, language)}是高兴还是难过？`];
  },

  answer: ({ language, event }) =>
    writeSentence("because", { ...event, look: null, place: null, feeling: feelingOf(event.deed) }, language),

  stray: (task, random) => ({
    ...task,
    event: strayEvent(random, task.event, { who: people, deed: moving, thing: things }),
  }),

  classes: ({ event }) => ({ slot: "feeling", words: feelings, right: feelingOf(event.deed) }),

  content({ event }, reading) {
    const right = feelingOf(event.deed);
    const wrong = feelings.find((word) => word.en !== right)?.en ?? "";
    const verdict = sentenceOf(reading, "because");
    if (verdict) {
      if (verdict.slots.feeling !== right) return 0.2;
      const credit = (slot: "who" | "deed" | "thing") => slotCredit(reading, verdict, slot, event[slot]);
      return 0.55 + 0.15 * (credit("who") + credit("deed") + credit("thing"));
    }
    if (!mentions(reading, "feeling", right)) return 0;
    return mentions(reading, "feeling", wrong) ? 0.2 : 0.6;
  },
};

function feelingOf(deed: string): "happy" | "sad" {
  return lookUp(deeds, deed).mood ?? "happy";
}
