import {
  type Answer,
  type Question,
  type StepCut,
  type StepVerdict,
  stepsOf,
  stepVerdicts,
} from "@touchstone/contracts";

/** Of each step what is said so far; null where nothing is. */
export type StepLabels = readonly (StepVerdict | null)[];

export const asksFirstError = ({ settings }: Pick<Question, "settings">): boolean => settings.firstError === true;

const cutOf = ({ settings }: Pick<Question, "settings">): StepCut =>
  settings.cut === "lines" ? "lines" : "paragraphs";

export const textsOf = (question: Pick<Question, "settings">, text: string | null): string[] =>
  stepsOf(text ?? "", cutOf(question));

const isVerdict = (value: unknown): value is StepVerdict => stepVerdicts.some((verdict) => verdict === value);

/** A draft, or an answer that an undo has brought back, as a label or none for each of so many steps. */
export function labelsOf(draft: Answer | undefined, count: number): StepLabels {
  if (draft?.choice === "no-error") return Array<StepVerdict>(count).fill("good");
  if (draft?.choice === "first-error" && typeof draft.step === "number") {
    return withError(Array<null>(count).fill(null), draft.step);
  }
  const given: unknown[] = Array.isArray(draft?.labels) ? draft.labels : [];
  return Array.from({ length: count }, (_, step) => {
    const label = given[step];
    return isVerdict(label) ? label : null;
  });
}

/** One label more, or another one. Where the first error is looked for, the steps before are right and those after unsaid. */
export function withLabel(labels: StepLabels, step: number, verdict: StepVerdict, firstError: boolean): StepLabels {
  if (firstError && verdict === "bad") return withError(labels, step);
  if (firstError) return labels.map((label, at) => (at <= step || label === "good" ? "good" : null));
  return labels.map((label, at) => (at === step ? verdict : label));
}

const withError = (labels: StepLabels, error: number): StepLabels =>
  labels.map((_, step) => {
    if (step === error) return "bad";
    return step < error ? "good" : null;
  });

/** What is kept while it is put together; null where nothing is said. */
export const draftOf = (labels: StepLabels): Answer | null =>
  labels.every((label) => label === null) ? null : { choice: "labelled", labels: [...labels] };

/** The answer that labels make once they are whole; null before. */
export function answerOf(labels: StepLabels, firstError: boolean): Answer | null {
  if (labels.length === 0) return null;
  const error = labels.indexOf("bad");
  if (firstError && error >= 0) return { choice: "first-error", step: error };
  if (labels.some((label) => label === null)) return null;
  return firstError ? { choice: "no-error" } : { choice: "labelled", labels: [...labels] };
}

/** The next step of which nothing is said, from one on and around; null where all are labelled. */
export function nextUnlabelled(labels: StepLabels, from = 0): number | null {
  const inTurn = labels.map((_, at) => (from + at) % labels.length);
  return inTurn.find((step) => labels[step] === null) ?? null;
}
