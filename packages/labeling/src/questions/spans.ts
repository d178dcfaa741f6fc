import { charactersIn, type SpansAnswer } from "@touchstone/contracts";
import type { JudgedTask } from "../judged-task.ts";
import { spanScores } from "./mqm-score.ts";
import type { AnswerFault, Asked, Measurement, QuestionRules } from "./question-rules.ts";

type Span = SpansAnswer["spans"][number];

/**
 * Errors marked where they stand. Annotators are compared by the score that their marks give an answer, as those who made
 * MQM compare them: two people seldom mark the very same letters. Nothing is learned from it: no trainer reads stretches.
 */
export const spans: QuestionRules<"spans"> = {
  fault,
  forms: () => [],
  agreement: { scale: "interval", measurements },
};

function fault(answer: SpansAnswer, asked: Asked<"spans">): AnswerFault | null {
  const { most } = asked.settings;
  if (answer.spans.length > most) return { path: ["spans"], message: `Mark at most ${most} places in one task.` };
  const lengthAt = lengthsOf(asked.task);
  for (const [index, span] of answer.spans.entries()) {
    const found = spanFault(span, asked, lengthAt);
    if (found) return { path: ["spans", index, ...found.path], message: found.message };
  }
  return cleanFault(answer, asked, lengthAt) ?? coverageFault(answer, asked, lengthAt);
}

function spanFault(span: Span, { settings, task }: Asked<"spans">, lengthAt: LengthAt): AnswerFault | null {
  const { place, start, end, category, severity, note } = span;
  const count = task.completions.length;
  if (place >= count) return { path: ["place"], message: placesOf(count) };
  const severities = settings.severities.map(({ name }) => name);
  if (!settings.categories.includes(category)) {
    return { path: ["category"], message: `Choose from: ${settings.categories.join(", ")}.` };
  }
  if (!severities.includes(severity)) return { path: ["severity"], message: `Choose from: ${severities.join(", ")}.` };
  if (note !== undefined && !settings.notes) return { path: ["note"], message: "This question takes no notes." };
  if (start === null && end === null) {
    return settings.missing ? null : { path: ["start"], message: "Say where it begins: this question wants places." };
  }
  if (start === null) return { path: ["start"], message: "Say where it begins, or leave both null for all of it." };
  if (end === null) return { path: ["end"], message: "Say where it ends, or leave both null for all of it." };
  const length = lengthAt(place);
  if (length === null) return { path: ["place"], message: "The text of this answer is absent: nothing stands there." };
  if (end > length) {
    return { path: ["end"], message: `This answer has ${length} code points: give at most that.` };
  }
  return end > start ? null : { path: ["end"], message: "It must end behind where it begins: nothing is marked." };
}

function cleanFault({ spans: said, clean }: SpansAnswer, { task }: Asked<"spans">, lengthAt: LengthAt) {
  const count = task.completions.length;
  for (const [index, place] of clean.entries()) {
    const path = ["clean", index];
    if (place >= count) return { path, message: placesOf(count) };
    if (lengthAt(place) === null)
      return { path, message: "The text of this answer is absent: nobody can have read it." };
    if (clean.indexOf(place) < index) return { path, message: "Name each answer once." };
    if (said.some((span) => span.place === place)) {
      return { path, message: "This answer has a mark: take that or this back." };
    }
  }
  return null;
}

/** That nothing is wrong is said, and never what somebody has not come to. */
function coverageFault({ spans: said, clean }: SpansAnswer, { settings, task }: Asked<"spans">, lengthAt: LengthAt) {
  const spoken = (place: number) => clean.includes(place) || said.some((span) => span.place === place);
  const places = task.completions.map((_, place) => place).filter((place) => lengthAt(place) !== null);
  const silent = places.find((place) => !spoken(place));
  if (silent === undefined || (!settings.every && places.some(spoken))) return null;
  return {
    path: ["clean"],
    message: `Mark something in the answer at place ${silent}, or name it here as one without.`,
  };
}

const placesOf = (count: number) => `Name one of the ${count} answers by its place as shown, counted from 0.`;

type LengthAt = (place: number) => number | null;

/** How long the text at a place as shown is, in code points, counted once; null where it is absent. */
function lengthsOf({ completions, shownOrder }: JudgedTask): LengthAt {
  const known = new Map<number, number | null>();
  return (place) => {
    const found = known.get(place);
    if (found !== undefined) return found;
    const text = completions[shownOrder[place] ?? -1]?.text ?? null;
    const length = text === null ? null : charactersIn(text);
    known.set(place, length);
    return length;
  };
}

function measurements(answer: SpansAnswer, { settings, task }: Asked<"spans">): Measurement[] {
  const scores = spanScores(answer, settings, task.completions.length);
  return task.completions.flatMap((_, canonical) => {
    const value = scores[task.shownOrder.indexOf(canonical)] ?? null;
    return value === null ? [] : [{ unit: String(canonical), value }];
  });
}
