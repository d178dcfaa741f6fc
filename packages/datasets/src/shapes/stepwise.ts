import type { StepVerdict } from "@touchstone/contracts";
import { stepVerdicts } from "@touchstone/contracts";
import { isAbsent, itemOf, voteDetails } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { booleanOf, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { itemRoles, judgedRoles } from "./item-roles.ts";
import { nameIn, promptAt } from "./reading.ts";
import type { Shape } from "./shape.ts";
import { answerOfSteps, labelsOf } from "./steps.ts";

/** TRL's stepwise supervision, and our export of it: the steps of one answer with a label each. */
export const stepwise: Shape = {
  format: "stepwise",
  roles: {
    ...{ prompt: "prompt", messages: "prompt", completions: "answer", labels: "vote", verdicts: "vote" },
    ...{ model: "model", completion_id: "kept", completion_external_id: "answerId" },
    ...itemRoles,
    ...judgedRoles,
  },
  question: () => "imported-steps",
  matches: (file) =>
    file.has("prompt", "labels") && file.is("completions", "texts") && file.is("labels", "other", "texts"),
  read: readStepwise,
};

function readStepwise(row: JsonRow): ImportRow {
  const { line, value } = row;
  if (!Array.isArray(value.completions) || value.completions.length === 0) {
    throw lineProblem(line, "completions", "textList");
  }
  const steps = value.completions.map((step: unknown, index) => textOf(step, line, `completions.${index}`));
  const { text, questionnaire } = answerOfSteps(steps, line, "completions");
  const field = isAbsent(value.verdicts) ? "labels" : "verdicts";
  return {
    // In our export the turns stand beside the one text that trainers take.
    ...rowOf(
      line,
      isAbsent(value.messages) ? promptAt(value.prompt, line, "prompt") : promptAt(value.messages, line, "messages"),
    ),
    ...itemOf(row),
    completions: completionsOf([
      {
        id: nameIn(row, "completion_external_id"),
        text,
        model: nameIn(row, "model"),
        exportedId: nameIn(row, "completion_id"),
      },
    ]),
    judgements: [
      {
        questionnaire,
        annotator: nameIn(row, "annotator_hash", "annotator") ?? unnamedAnnotator,
        ...labelsOf(verdictsAt(value[field], line, field), steps.length, line, field),
        ...voteDetails(row),
      },
    ],
  };
}

function verdictsAt(value: unknown, line: number, field: string): StepVerdict[] {
  if (!Array.isArray(value)) throw lineProblem(line, field, "labelList");
  return value.map((label: unknown, index) => {
    const known = stepVerdicts.find((verdict) => verdict === label);
    if (known !== undefined) return known;
    return booleanOf(label, line, `${field}.${index}`) ? "good" : "bad";
  });
}
