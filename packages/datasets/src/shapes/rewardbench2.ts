import { isAbsent } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { optionalName } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { judgedByRanks } from "./ranks.ts";
import { answerAt, nameIn, promptAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

/** RewardBench 2: right and wrong answers in two lists, as a ranking in which all right ones tie above all wrong ones. */
export const rewardbench2: Shape = {
  format: "rewardbench-2",
  roles: { id: "id", prompt: "prompt", chosen: "better", rejected: "worse", models: "model" },
  question: () => "imported-ranking",
  matches: (file) => file.has("prompt") && file.is("chosen", "texts") && file.is("rejected", "texts"),
  read: readRewardbench2,
};

function readRewardbench2(row: JsonRow): ImportRow {
  const { line, value } = row;
  const [right, wrong] = [listAt(value.chosen, line, "chosen"), listAt(value.rejected, line, "rejected")];
  const texts = [...right, ...wrong];
  const { models } = value;
  if (Array.isArray(models) && models.length !== texts.length) {
    throw lineProblem(line, "models", "labelCount", { count: models.length, expected: texts.length });
  }
  const completions = completionsOf(
    texts.map((text, index) => ({
      id: null,
      text,
      model: Array.isArray(models) ? optionalName(models[index], line, `models.${index}`) : null,
    })),
  );
  const ranks = texts.map((_, index) => (index < right.length ? 1 : 2));
  return {
    ...rowOf(line, promptAt(value.prompt, line, "prompt")),
    itemId: nameIn(row, "id"),
    completions,
    ...judgedByRanks(completions, ranks, { annotator: unnamedAnnotator }, line, "rejected"),
  };
}

function listAt(value: unknown, line: number, field: string): string[] {
  if (isAbsent(value)) throw lineProblem(line, field, "missing");
  if (!Array.isArray(value) || value.length === 0) throw lineProblem(line, field, "textList");
  return value.map((text: unknown, index) => answerAt(text, line, `${field}.${index}`));
}
