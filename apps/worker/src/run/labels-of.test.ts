import type { NormalForm } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { judgedAnswers, preferredAnswers, trainingTexts } from "./labels-of.ts";

const origin = { promptId: "p", prompt: [{ role: "user" as const, content: "?" }], split: "train" as const };
const who = { judgementId: "j", annotator: "a" };
const [original, edited] = [
  { completionId: "c", text: "was" },
  { completionId: "j/right", text: "is" },
];
/** What a correction gives, and a demonstration beside it. */
const forms: NormalForm[] = [
  {
    ...{ kind: "comparison", ...origin, ...who, a: original, b: edited, outcome: -2, bothBad: false, first: "a" },
    ...{ edited: "b", weight: 1 },
  },
  { kind: "demonstration", ...origin, ...who, text: "is" },
  { kind: "demonstration", ...origin, ...who, text: "ideal" },
];

it("what somebody wrote or corrected is imitated once each", () => {
  expect(preferredAnswers(forms).map(({ text }) => text)).toEqual(["is", "ideal"]);
});

it("what somebody wrote is an answer and a text beside the judged ones, and none twice", () => {
  expect(judgedAnswers(forms).map(({ text }) => text)).toEqual(["was", "is", "ideal"]);
  expect(trainingTexts(forms)).toEqual(["was", "is", "ideal"]);
  expect(trainingTexts(forms.map((form) => ({ ...form, split: "test" })))).toEqual([]);
});
