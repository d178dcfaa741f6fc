import type { StepVerdict } from "@touchstone/contracts";
import { isAbsent } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { isObject } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { nameIn, objectAt, objectsAt, optionalText, promptAt, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";
import { answerOfSteps, labelsOf } from "./steps.ts";

const verdicts: Readonly<Record<number, StepVerdict>> = { 1: "good", 0: "neutral", [-1]: "bad" };

/** PRM800K: a solution step by step, each −1, 0 or 1. Of the completions of a step the chosen one is taken, or else the first. */
export const prm800k: Shape = {
  format: "prm800k",
  roles: {
    ...{ "question.problem": "prompt", "question.ground_truth_solution": "source", labeler: "annotator" },
    "label.steps": "answer",
  },
  entries: { "label.steps": ["completions", "chosen_completion", "human_completion"] },
  question: () => "imported-steps",
  matches: (file) => file.has("question.problem") && file.hasEntries("label.steps", "completions"),
  read: readPrm800k,
};

function readPrm800k(row: JsonRow): ImportRow {
  const { line, value } = row;
  const question = objectAt(value.question, line, "question");
  const label = objectAt(value.label, line, "label");
  const steps = objectsAt(label.steps, line, "label.steps").map((step, index) => stepOf(step, index, line));
  if (steps.length === 0) throw lineProblem(line, "label.steps", "empty");
  const texts = steps.map(({ text }) => text);
  const { text, questionnaire } = answerOfSteps(texts, line, "label.steps");
  const labels = steps.map(({ verdict }) => verdict);
  return {
    ...rowOf(line, promptAt(question.problem, line, "question.problem")),
    sourceText: optionalText(question.ground_truth_solution, line, "question.ground_truth_solution"),
    completions: completionsOf([{ id: null, text }]),
    judgements: [
      {
        questionnaire,
        annotator: nameIn(row, "labeler") ?? unnamedAnnotator,
        ...labelsOf(labels, texts.length, line, "label.steps"),
      },
    ],
  };
}

function stepOf(step: JsonRow["value"], index: number, line: number): { text: string; verdict: StepVerdict } {
  const at = `label.steps.${index}`;
  const { completions, chosen_completion: chosen, human_completion: human } = step;
  // A step that its annotator wrote is right, and has no rating of its own.
  if (isAbsent(chosen) && isObject(human)) {
    return { text: textOf(human.text, line, `${at}.human_completion.text`), verdict: "good" };
  }
  const all = objectsAt(completions, line, `${at}.completions`);
  if (all.length === 0) throw lineProblem(line, `${at}.completions`, "empty");
  const place = isAbsent(chosen) ? 0 : wholeAt(chosen, line, `${at}.chosen_completion`, 0, all.length - 1);
  const taken = all[place] ?? {};
  const rating = wholeAt(taken.rating, line, `${at}.completions.${place}.rating`, -1, 1);
  return {
    text: textOf(taken.text, line, `${at}.completions.${place}.text`),
    verdict: verdicts[rating] ?? "neutral",
  };
}
