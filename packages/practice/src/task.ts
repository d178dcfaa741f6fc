import { z } from "zod";
import { colours, deeds, languages, looks, moods, people, places, things, type Word } from "./lexicon.ts";

/**
 * What a practice prompt asks for, in meanings rather than words: stored with the prompt as its metadata, it is all
 * that a rule needs to score an answer. `language` is the language of the answer.
 */
const id = (words: readonly Word[]) => z.string().refine((value) => words.some((word) => word.en === value));
const language = z.enum(languages);

const eventSlots = {
  who: id(people),
  deed: id(deeds),
  look: id(looks).nullable(),
  thing: id(things),
  place: id(places).nullable(),
};
export type PracticeEvent = z.infer<z.ZodObject<typeof eventSlots>>;

export const StoryTask = z.strictObject({
  use: z.literal("story"),
  language,
  mood: z.enum(moods),
  who: id(people),
  look: id(looks).nullable(),
  thing: id(things),
  place: id(places).nullable(),
});
export type StoryTask = z.infer<typeof StoryTask>;

/** The event is told in the other language and wanted in `language`. */
export const TranslationTask = z.strictObject({ use: z.literal("translation"), language, event: z.object(eventSlots) });
export type TranslationTask = z.infer<typeof TranslationTask>;

/** Two facts are told and one is asked after: who holds a thing, where it is, or its colour. */
export const QuestionTask = z.strictObject({
  use: z.literal("question"),
  language,
  asks: z.enum(["who", "place", "colour"]),
  facts: z.tuple([
    z.strictObject({ thing: id(things), value: id([...people, ...places, ...colours]) }),
    z.strictObject({ thing: id(things), value: id([...people, ...places, ...colours]) }),
  ]),
  about: z.union([z.literal(0), z.literal(1)]),
});
export type QuestionTask = z.infer<typeof QuestionTask>;

/** How the person feels about the event, with the reason. */
export const FeelingTask = z.strictObject({ use: z.literal("feeling"), language, event: z.object(eventSlots) });
export type FeelingTask = z.infer<typeof FeelingTask>;

/** Whether a thing is food, clothing or a toy. */
export const KindTask = z.strictObject({
  use: z.literal("kind"),
  language,
  look: id(looks).nullable(),
  thing: id(things.filter((thing) => thing.kind)),
});
export type KindTask = z.infer<typeof KindTask>;

export const PracticeTask = z.discriminatedUnion("use", [
  StoryTask,
  TranslationTask,
  QuestionTask,
  FeelingTask,
  KindTask,
]);
export type PracticeTask = z.infer<typeof PracticeTask>;
