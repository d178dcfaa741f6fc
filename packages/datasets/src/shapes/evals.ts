import { isAbsent, itemOf } from "../formats/origin.ts";
import { completionsOf, type ImportJudgement, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { quoted, textOf, valueAt } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { itemRoles } from "./item-roles.ts";
import { answerAt, nameIn, optionalText, promptAt } from "./reading.ts";
import type { FileLook, Shape } from "./shape.ts";

const asked = ["input", "item.input"] as const;
const ideals = ["ideal", "item.ideal"] as const;
const outputs = ["output", "output_text", "sample.output_text"] as const;
const ratings = ["rating", "annotations.rating"] as const;
const reasons = ["output_feedback", "feedback", "annotations.output_feedback"] as const;
const known = "Good, Bad";
const words: Readonly<Record<string, "good" | "bad">> = { good: "good", bad: "bad" };

/**
 * Data sets of OpenAI's Evals: what is asked, and the ideal answer, against which people judge; and where outputs were annotated
 * there, each output with its rating, Good or Bad, and the reason.
 */
export const evals: Shape = {
  format: "evals",
  roles: {
    ...Object.fromEntries(asked.map((path) => [path, "prompt" as const])),
    ...Object.fromEntries(ideals.map((path) => [path, "source" as const])),
    ...Object.fromEntries(outputs.map((path) => [path, "answer" as const])),
    ...Object.fromEntries(ratings.map((path) => [path, "vote" as const])),
    ...Object.fromEntries(reasons.map((path) => [path, "kept" as const])),
    ...{ model: "model", annotator: "annotator" },
    ...itemRoles,
  },
  question: (file) => (isRated(file) ? "good-or-bad" : "preference"),
  matches: (file) => {
    const prompt = file.first(...asked);
    if (prompt === undefined || !(file.is(prompt, "turns") || file.is(prompt, "text"))) return false;
    return ideals.some((path) => file.within(path)) || isRated(file);
  },
  read: readEval,
};

function isRated(file: FileLook): boolean {
  const rating = file.first(...ratings);
  return rating !== undefined && file.first(...outputs) !== undefined && file.saysOnly(rating, ...Object.keys(words));
}

function readEval(row: JsonRow): ImportRow {
  const { line } = row;
  const [prompt, answer] = [given(row, asked), given(row, outputs)];
  return {
    ...rowOf(line, promptAt(prompt.value, line, prompt.path)),
    ...itemOf(row),
    sourceText: idealIn(row),
    ...(isAbsent(answer.value) ? {} : judgedOutput(row, answerAt(answer.value, line, answer.path))),
  };
}

/** The first of these places that holds something. */
function given({ value }: JsonRow, paths: readonly [string, ...string[]]): { path: string; value: unknown } {
  const path = paths.find((one) => !isAbsent(valueAt(value, one))) ?? paths[0];
  return { path, value: valueAt(value, path) };
}

function idealIn(row: JsonRow): string | null {
  const { path, value } = given(row, ideals);
  if (!Array.isArray(value)) return optionalText(value, row.line, path);
  return value.map((one: unknown, index) => textOf(one, row.line, `${path}.${index}`)).join("\n\n");
}

function judgedOutput(row: JsonRow, text: string): Pick<ImportRow, "completions" | "judgements"> {
  const completions = completionsOf([{ id: null, text, model: nameIn(row, "model") }]);
  const judgement = ratingIn(row);
  return { completions, judgements: judgement === null ? [] : [judgement] };
}

function ratingIn(row: JsonRow): ImportJudgement | null {
  const { line } = row;
  const [rating, reason] = [given(row, ratings), given(row, reasons)];
  const comment = optionalText(reason.value, line, reason.path);
  const said = optionalText(rating.value, line, rating.path);
  if (said === null && comment === null) return null;
  if (said === null) throw lineProblem(line, reason.path, "feedbackWithoutRating", { known });
  const chosen = words[said.trim().toLowerCase()];
  if (chosen === undefined) throw lineProblem(line, rating.path, "winnerUnknown", { said: quoted(said), known });
  return {
    ...{ questionnaire: "good-or-bad", sides: [0], annotator: nameIn(row, "annotator") ?? unnamedAnnotator },
    answer: { chosen: [chosen] },
    ...(comment === null ? {} : { comment }),
  };
}
