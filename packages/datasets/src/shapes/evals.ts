import { itemOf } from "../formats/origin.ts";
import { type ImportRow, rowOf } from "../import-row.ts";
import { textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { itemRoles } from "./item-roles.ts";
import { promptAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

/** Data sets of OpenAI's Evals: what is asked, and the ideal answer, against which people judge. */
export const evals: Shape = {
  format: "evals",
  roles: { ...itemRoles, input: "prompt", ideal: "source" },
  matches: (file) => file.within("ideal") && (file.is("input", "turns") || file.is("input", "text")),
  read: readEval,
};

function readEval(row: JsonRow): ImportRow {
  const { line, value } = row;
  const ideal = Array.isArray(value.ideal)
    ? value.ideal.map((one: unknown, index) => textOf(one, line, `ideal.${index}`)).join("\n\n")
    : textOf(value.ideal, line, "ideal");
  return { ...rowOf(line, promptAt(value.input, line, "input")), ...itemOf(row), sourceText: ideal };
}
