import { kinds, looks, lookUp, things } from "../lexicon.ts";
import { mentions, sentenceOf } from "../reading.ts";
import { surface, writeSentence } from "../sentences.ts";
import type { KindTask } from "../task.ts";
import { another, maybe, type Use } from "./use.ts";

const known = things.filter((thing) => thing.kind);

/** Food, clothing or a toy: knowledge of the world's words. */
export const kind: Use<KindTask> = {
  sentences: 1,

  sample: (random, language) => ({
    use: "kind",
    language,
    look: maybe(random, 0.7, looks),
    thing: random.pick(known).en,
  }),

  prompts({ language, look, thing }) {
    if (language === "en") {
      const what = [look, thing].filter(Boolean).join(" ");
      const article = /^[aeiou]/u.test(what) ? "an" : "a";
      return [`Is ${article} ${what} food, clothing or a toy?`, `Food, clothing or a toy: ${article} ${what}?`];
    }
    const what = `${look ? surface("look", look, language) : ""}${surface("thing", thing, language)}`;
    return [`${what}是食物、衣服还是玩具？`, `食物、衣服还是玩具：${what}？`];
  },

  answer: ({ language, look, thing }) => writeSentence("is", { look, thing, kind: kindOf(thing) }, language),

  stray: (task, random) => ({ ...task, thing: another(random, known, task.thing) }),

  classes: ({ thing }) => ({ slot: "kind", words: kinds, right: kindOf(thing) }),

  content({ thing }, reading) {
    const right = kindOf(thing);
    const stated = sentenceOf(reading, "is");
    if (stated) {
      const same = stated.slots.thing === thing;
      if (stated.slots.kind === right) return same ? 1 : 0.5;
      return same ? 0.25 : 0.15;
    }
    const named = kinds.filter((word) => mentions(reading, "kind", word.en));
    if (!named.some((word) => word.en === right)) return 0;
    return named.length > 1 ? 0.3 : 0.8;
  },
};

function kindOf(thing: string): string {
  return lookUp(things, thing).kind ?? "";
}
