import { z } from "zod";
import { text } from "../entities/scalars.ts";
import { ListedName, namedList } from "./named-list.ts";
import type { QuestionContract } from "./question-contract.ts";
import { mostAnswers, Place } from "./shown-answers.ts";
import { longestWritten } from "./text-length.ts";

const mostCategories = 40;
/** Each has a digit. */
const mostSeverities = 9;
const mostSpans = 200;
/** In UTF-16 units: a thousand characters, whichever they are. */
const longestNote = 2_000;

const Weight = z.number().min(0).max(1_000);

/**
 * The severities of MQM with the weights of its scoring model 2.0 (The MQM Council, “The MQM Error Typology: Severity
 * levels”): a critical error alone fails a text.
 */
const mqmSeverities = [
  { name: "neutral", weight: 0 },
  { name: "minor", weight: 1 },
  { name: "major", weight: 5 },
  { name: "critical", weight: 25 },
];

const SpansSettings = z
  .strictObject({
    /** What can be wrong, or is to be marked, as exports call it. */
    categories: namedList({ least: 1, most: mostCategories }),
    /** How bad each can be, and what it then weighs in an answer's score. One alone is not asked for. */
    severities: z
      .array(z.strictObject({ name: ListedName, weight: Weight }))
      .min(1)
      .max(mostSeverities)
      .default(mqmSeverities),
    /** Where a category weighs something else at a severity: a minor fault of punctuation .1, say. */
    weights: z
      .array(z.strictObject({ category: ListedName, severity: ListedName, weight: Weight }))
      .max(mostCategories * mostSeverities)
      .default([]),
    /** Whether each answer must have a mark or be said to have none; else one of them is enough. */
    every: z.boolean().default(true),
    /** Whether something may be said of an answer as a whole, such as that something is missing from it. */
    missing: z.boolean().default(true),
    /** Whether a note can be written with each mark. */
    notes: z.boolean().default(false),
    /** So many marks at most in one task. */
    most: z.number().int().min(1).max(mostSpans).default(100),
  })
  .superRefine(({ categories, severities, weights }, context) => {
    const fault = (path: (string | number)[], code: "repeated" | "notListed", message: string) =>
      context.addIssue({ code: "custom", path, message, params: { code } });
    const names = severities.map(({ name }) => name);
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) < index) fault(["severities", index, "name"], "repeated", `“${name}” is there already`);
    }
    const said = new Set<string>();
    for (const [index, { category, severity }] of weights.entries()) {
      const at = ["weights", index];
      const pair = JSON.stringify([category, severity]);
      if (!categories.includes(category)) fault([...at, "category"], "notListed", `“${category}” is no category`);
      if (!names.includes(severity)) fault([...at, "severity"], "notListed", `“${severity}” is no severity`);
      if (said.has(pair)) fault([...at, "severity"], "repeated", "this category has a weight at this severity already");
      said.add(pair);
    }
  });
export type SpansSettings = z.infer<typeof SpansSettings>;

/** What a mark's weight is told by. */
export type SpanWeights = Pick<SpansSettings, "severities" | "weights">;

const Offset = z.number().int().min(0).max(longestWritten);

/** What is marked, and of which answers it is said that nothing in them is to be marked: an empty list alone says nothing. */
export const SpansAnswer = z.strictObject({
  spans: z
    .array(
      z.strictObject({
        place: Place,
        /** Code points of the answer's text as it is stored, from the first of the stretch; null with `end`: all of it. */
        start: Offset.nullable(),
        /** The one after its last. */
        end: Offset.nullable(),
        category: z.string().max(100),
        severity: z.string().max(100),
        note: text(longestNote, 1).optional(),
      }),
    )
    .max(mostSpans),
  clean: z.array(Place).max(mostAnswers),
});
export type SpansAnswer = z.infer<typeof SpansAnswer>;

/** Stretches of the answers are marked with what is wrong there, and how badly. */
export const spans = {
  title: "Mark what is wrong in each answer.",
  settings: SpansSettings,
  blank: {
    categories: [],
    severities: mqmSeverities,
    weights: [],
    every: true,
    missing: true,
    notes: false,
    most: 100,
  },
  answer: SpansAnswer,
  completions: { least: 1, most: mostAnswers },
} as const satisfies QuestionContract;
