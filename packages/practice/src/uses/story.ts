import { deeds, looks, lookUp, moods, people, places, things } from "../lexicon.ts";
import type { PracticeRandom } from "../random.ts";
import { type Reading, sentenceOf, slotCredit, weigh } from "../reading.ts";
import { endingForms, formById } from "../sentence-forms.ts";
import { pronounOf, surface, writeSentence } from "../sentences.ts";
import type { StoryTask } from "../task.ts";
import { another, chooseDeed, maybe, type Use } from "./use.ts";

/** A story in three sentences: what happened, what came of it, how it ended. */
export const story: Use<StoryTask> = {
  sentences: 3,

  sample: (random, language) => ({
    use: "story",
    language,
    mood: random.pick(moods),
    who: random.pick(people).en,
    look: maybe(random, 0.5, looks),
    thing: random.pick(things).en,
    place: maybe(random, 0.4, places),
  }),

  prompts({ language, mood, who, look, thing, place }) {
    const written = (slot: string, id: string) => surface(slot, id, language);
    if (language === "en") {
      const what = [look, thing].filter(Boolean).join(" ");
      const where = place ? ` ${place}` : "";
      const article = /^[aeiou]/u.test(what) ? "an" : "a";
      return [
        `Write a ${mood} story about ${who} and ${article} ${what}${where}.`,
        `A ${mood} story: ${who}, ${what}${where}.`,
      ];
    }
    const what = `${look ? written("look", look) : ""}${written("thing", thing)}`;
    const name = written("who", who);
    const feeling = mood === "happy" ? "开心" : "伤心";
    const where = place ? written("place", place) : null;
    return [
      `写一个${feeling}的故事：主角是${name}，要提到${what}${where ? `，地点在${where}` : ""}。`,
      `${feeling}的故事：${[name, what, where].filter(Boolean).join("、")}。`,
    ];
  },

  answer(task, random) {
    const { language, mood, who, look, thing, place } = task;
    const deed = chooseDeed(random, place, (candidate) => candidate.mood === mood);
    const pronoun = pronounOf(who);
    const steps = deed.steps.filter((step) => (formById(step).mood ?? mood) === mood);
    const friend = another(random, people, who);
    const ending = random.pick(endingForms.filter((form) => form.mood === mood));
    return [
      writeSentence("event", { who, deed: deed.en, look, thing, place }, language),
      writeSentence(random.pick(steps), { pronoun, friend }, language),
      writeSentence(ending.id, { pronoun }, language),
    ].join(language === "en" ? " " : "");
  },

  stray: (task, random) => strays(random)[random.int(5)]?.(task) ?? task,

  content(task, reading) {
    const event = sentenceOf(reading, "event");
    const deed = event ? lookUp(deeds, event.slots.deed ?? "") : undefined;
    const asked: [number, number][] = [
      [slotCredit(reading, event, "who", task.who), 2],
      [slotCredit(reading, event, "thing", task.thing), 2],
    ];
    if (task.look) asked.push([slotCredit(reading, event, "look", task.look), 1]);
    if (task.place) asked.push([slotCredit(reading, event, "place", task.place), 1]);
    return weigh([
      ...asked,
      [endingCredit(task, reading), 2],
      [deed && (deed.mood ?? task.mood) === task.mood ? 1 : 0, 1],
      [stepCredit(task, reading, deed?.steps ?? []), 2],
      [pronounCredit(task, reading), 1],
    ]);
  },
};

/** A good ending is the last sentence and of the mood that was asked for; one in the middle earns half. */
function endingCredit(task: StoryTask, { parsed }: Reading): number {
  const position = parsed.findLastIndex((sentence) => sentence?.form.role === "ending");
  if (parsed[position]?.form.mood !== task.mood) return 0;
  return position === parsed.length - 1 ? 1 : 0.5;
}

/** A step must follow from what happened, and its friend be somebody else, to earn the whole. */
function stepCredit({ who }: StoryTask, { parsed }: Reading, suiting: readonly string[]): number {
  const step = parsed.find((sentence) => sentence?.form.role === "step");
  if (!step) return 0;
  return suiting.includes(step.form.id) && step.slots.friend !== who ? 1 : 0.4;
}

function pronounCredit({ who }: StoryTask, { parsed }: Reading): number {
  const pronouns = parsed.flatMap((sentence) => sentence?.slots.pronoun ?? []);
  return pronouns.length > 0 && pronouns.every((pronoun) => pronoun === pronounOf(who)) ? 1 : 0;
}

/** Ways in which a story answers a slightly different wish. */
const strays = (random: PracticeRandom): ((task: StoryTask) => StoryTask)[] => [
  (task) => ({ ...task, who: another(random, people, task.who) }),
  (task) => ({ ...task, thing: another(random, things, task.thing) }),
  (task) => ({ ...task, mood: task.mood === "happy" ? "sad" : "happy" }),
  (task) => ({ ...task, look: task.look ? null : random.pick(looks).en, thing: another(random, things, task.thing) }),
  (task) => ({ ...task, place: task.place ? null : random.pick(places).en, who: another(random, people, task.who) }),
];
