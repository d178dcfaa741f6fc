import { isAbsent, itemOf } from "../formats/origin.ts";
import { completionsOf, type ImportJudgement, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { optionalName } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { itemRoles } from "./item-roles.ts";
import { answerAt, objectsAt, optionalText, promptAt, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

const aspects = ["instruction_following", "honesty", "truthfulness", "helpfulness"] as const;

/** UltraFeedback as it was published: answers of several models, each with four aspects from 1 to 5 and why. */
export const ultrafeedback: Shape = {
  format: "ultrafeedback",
  roles: { instruction: "prompt", completions: "answer", ...itemRoles },
  entries: { completions: ["model", "response", "annotations"] },
  matches: (file) => file.has("instruction") && file.hasEntries("completions", "response", "annotations"),
  read: readUltrafeedback,
};

function readUltrafeedback(row: JsonRow): ImportRow {
  const { line, value } = row;
  const entries = objectsAt(value.completions, line, "completions");
  return {
    ...rowOf(line, promptAt(value.instruction, line, "instruction")),
    ...itemOf(row),
    completions: completionsOf(
      entries.map(({ response, model }, index) => ({
        id: null,
        text: answerAt(response, line, `completions.${index}.response`),
        model: optionalName(model, line, `completions.${index}.model`),
      })),
    ),
    judgements: entries.flatMap(({ annotations }, index) => judgementOf(annotations, index, line)),
  };
}

/** Aspects that were not rated (“N/A”) are left out; an answer without any has no judgement. */
function judgementOf(annotations: unknown, side: number, line: number): ImportJudgement[] {
  if (!isObject(annotations)) return [];
  const at = `completions.${side}.annotations`;
  const said = aspects.flatMap((aspect) => {
    const given = annotations[aspect];
    if (!isObject(given) || isAbsent(given.Rating) || given.Rating === "N/A") return [];
    const rating = wholeAt(given.Rating, line, `${at}.${aspect}.Rating`, 1, 5);
    return [{ aspect, rating, why: optionalText(given.Rationale, line, `${at}.${aspect}.Rationale`) }];
  });
  if (said.length === 0) return [];
  const comment = said.flatMap(({ aspect, why }) => (why === null ? [] : [`${aspect}: ${why}`])).join("\n\n");
  return [
    {
      questionnaire: "ultrafeedback-aspects",
      sides: [side],
      annotator: unnamedAnnotator,
      answer: { ratings: Object.fromEntries(said.map(({ aspect, rating }) => [aspect, [rating]])) },
      ...(comment === "" ? {} : { comment }),
    },
  ];
}
