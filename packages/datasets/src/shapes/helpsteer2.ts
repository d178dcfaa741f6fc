import { itemOf } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { itemRoles } from "./item-roles.ts";
import { answerAt, nameIn, promptAt, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

const aspects = ["helpfulness", "correctness", "coherence", "complexity", "verbosity"] as const;

/** HelpSteer and HelpSteer2: an answer with five aspects, each 0 to 4 there and 1 to 5 here. */
export const helpsteer2: Shape = {
  format: "helpsteer2",
  roles: {
    ...{ prompt: "prompt", response: "answer", model: "model", annotator: "annotator" },
    ...Object.fromEntries(aspects.map((aspect) => [aspect, "score" as const])),
    ...itemRoles,
  },
  question: () => "helpsteer-aspects",
  matches: (file) =>
    file.has("prompt", "response", ...aspects) &&
    aspects.every((aspect) => file.says(aspect, "0", "1", "2", "3", "4", "0.0", "1.0", "2.0", "3.0", "4.0")),
  read: readHelpsteer2,
};

function readHelpsteer2(row: JsonRow): ImportRow {
  const { line, value } = row;
  const ratings = aspects.map((aspect) => [aspect, [1 + wholeAt(value[aspect], line, aspect, 0, 4)]]);
  return {
    ...rowOf(line, promptAt(value.prompt, line, "prompt")),
    ...itemOf(row),
    completions: completionsOf([
      { id: null, text: answerAt(value.response, line, "response"), model: nameIn(row, "model") },
    ]),
    judgements: [
      {
        questionnaire: "helpsteer-aspects",
        sides: [0],
        annotator: nameIn(row, "annotator") ?? unnamedAnnotator,
        answer: { ratings: Object.fromEntries(ratings) },
      },
    ],
  };
}
