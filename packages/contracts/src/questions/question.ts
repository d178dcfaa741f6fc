import { z } from "zod";
import { Id, text } from "../entities/scalars.ts";
import { type QuestionKind, questionKinds } from "./kinds.ts";

const kindNames = Object.keys(questionKinds).filter((name): name is QuestionKind => Object.hasOwn(questionKinds, name));

export const QuestionKindName = z.enum(kindNames);

/** By which answers, exports and follow-ups call a question. */
export const QuestionName = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** Anything that JSON can say. */
export const Json = z.json();

const Fields = z.record(z.string(), Json);
/** What whoever asks has chosen, of the form that the kind has in `questionKinds`. */
export const Settings = Fields;

/**
 * When a follow-up is asked: another question's answer has this field, and its value is one of these. Without `is`, when
 * that question has an answer at all.
 */
export const AskedWhen = z.strictObject({
  question: QuestionName,
  field: z.string().min(1).max(40).optional(),
  is: z
    .array(z.union([z.string().max(100), z.number(), z.boolean()]))
    .min(1)
    .max(20)
    .optional(),
});
export type AskedWhen = z.infer<typeof AskedWhen>;

/** One question. */
export const Question = z.strictObject({
  name: QuestionName,
  kind: QuestionKindName,
  /** Empty: the words that every question of this kind has (`titleOf`), which a page says in its language. */
  title: text(300),
  settings: Settings,
  /** Whether a judgement must answer it, where it is asked. */
  required: z.boolean(),
  when: AskedWhen.nullable(),
  /** What a reader of another language is shown in place of names of its settings; never stored, and no part of an answer. */
  labels: z.record(z.string(), z.string()).optional(),
});
export type Question = z.infer<typeof Question>;

/** What a task asks, in this order; one judgement holds all answers. */
export const Questions = z.array(Question).min(1).max(20);
export type Questions = z.infer<typeof Questions>;

/** An answer, of the form that its question's kind has in `questionKinds`. */
export const Answer = Fields;
export type Answer = z.infer<typeof Answer>;

/** Answers by the name of their question. */
export const Answers = z.record(QuestionName, Answer);
export type Answers = z.infer<typeof Answers>;

/** A version of a project's list of questions. The standard ones are called after the kind of their one question. */
export const QuestionnaireView = z.object({
  id: Id,
  name: z.string(),
  version: z.number().int(),
  questions: Questions,
});
export type QuestionnaireView = z.infer<typeof QuestionnaireView>;

/** A version in the list of them all. */
export const QuestionnaireListItem = QuestionnaireView.extend({
  /** How many tasks ask it. */
  tasks: z.number().int(),
});
export type QuestionnaireListItem = z.infer<typeof QuestionnaireListItem>;
