import { preferenceSteps, type Question } from "@touchstone/contracts";
import type { ScaleParts } from "./question-parts.ts";
import { partOf, type Scale, type ScalePart } from "./scale.ts";

/** Seven steps as shown: 1 the left one much better, 4 a tie, 7 the right one much better. */
const steps: readonly Omit<ScalePart, "key">[] = [
  step(1, "step1", [3, 2.3]),
  step(2, "step2", [2.3, 1.6]),
  step(3, "step3", [1.6, 0.8]),
  step(4, "step4", null),
  step(5, "step5", [0.8, 1.6]),
  step(6, "step6", [1.6, 2.3]),
  step(7, "step7", [2.3, 3]),
];

function step(number: number, name: ScalePart["name"], streak: ScalePart["streak"]): Omit<ScalePart, "key"> {
  return { answer: { choice: "graded", step: number }, name, streak };
}

/** A tie with a low absolute signal. */
const bothBad: ScalePart = { key: "0", answer: { choice: "both-bad" }, name: "bothBad", streak: null };

function scale({ settings }: Question): Scale {
  const allowed: readonly number[] =
    Object.entries(preferenceSteps).find(([count]) => Number(count) === settings.steps)?.[1] ?? preferenceSteps[7];
  const parts = steps.filter(({ answer }) => allowed.some((one) => one === answer.step));
  return {
    parts: parts.map((part, index) => ({ ...part, key: String(index + 1) })),
    beside: settings.bothBad === false ? [] : [bothBad],
    pair: true,
  };
}

export const preference: ScaleParts = {
  form: "scale",
  scale,
  inWords: (words, answer, question) => words(`parts.${partOf(scale(question), answer)?.name ?? "bothBad"}`),
};
