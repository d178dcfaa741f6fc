import type { Question } from "@touchstone/contracts";
import { type JudgedTask, krippendorffAlpha, measurementsOf, rawAgreement, type Scale } from "@touchstone/labeling";
import type { CountedAnswer, JudgedItem } from "./read-answers.ts";

/** How often each value was given to each unit: an item, or of it a pair, an aspect, a step. */
export type Units = Map<string, Map<number, number>>;

/** Resamples behind each interval: enough for two digits. */
const resamples = 200;

/** What some items' answers to one question measure, in canonical order whatever was shown. */
export function unitsOf(items: readonly JudgedItem[], name: string): Units {
  const units: Units = new Map();
  for (const item of items) {
    const question = item.questions.find((one) => one.name === name);
    if (question === undefined) continue;
    for (const said of item.said) addTo(units, item, question, said);
  }
  return units;
}

function addTo(units: Units, item: JudgedItem, question: Question, said: CountedAnswer): void {
  const answer = said.answers[question.name];
  if (answer === undefined) return;
  for (const { unit, value } of measurementsOf(question, answer, taskOf(item, said))) {
    const key = `${item.taskId} ${unit}`;
    const counts = units.get(key) ?? new Map<number, number>();
    units.set(key, counts.set(value, (counts.get(value) ?? 0) + said.times));
  }
}

/** As much of a task as measuring needs: nothing of what it says. */
function taskOf({ completions }: JudgedItem, { shownOrder }: CountedAnswer): JudgedTask {
  const blank = Array.from({ length: completions }, (_, place) => ({ completionId: String(place), text: null }));
  const unread = { judgementId: "", annotator: "", promptId: "", prompt: [], split: "train" as const };
  return { ...unread, shownOrder: [...shownOrder], completions: blank };
}

/** α and raw agreement of one question over some units; of a preference they agree who say which answer is better. */
export function agreementOf(units: Units, kind: Question["kind"], scale: Scale) {
  const alpha = krippendorffAlpha([...units.values()], scale, { resamples });
  const labels = [...units.values()].map((counts) =>
    [...counts].flatMap(([value, times]) =>
      Array.from<number>({ length: times }).fill(kind === "preference" ? Math.sign(value) : value),
    ),
  );
  const raw = rawAgreement(labels, { resamples });
  return { alpha: alpha && told(alpha), raw: raw && told(raw) };
}

function told({ value, low, high, items, pairs }: NonNullable<ReturnType<typeof krippendorffAlpha>>) {
  return { value, low, high, units: items, pairs };
}
