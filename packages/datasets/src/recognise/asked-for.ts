import {
  type AnswersTogether,
  type BroughtName,
  broughtQuestions,
  type ColumnMapping,
  completionsOf,
  type ImportReceipt,
  isBroughtName,
  type Questions,
  type StandardName,
  standardQuestion,
} from "@touchstone/contracts";
import { unchosenTogether } from "@touchstone/labeling";
import type { ImportSource } from "../formats/import-source.ts";
import { saysRanks } from "../formats/judged-columns.ts";
import { FileLook } from "../shapes/shape.ts";
import { shapeOf } from "../shapes/shapes.ts";
import { type AskedOfRows, asksPairs } from "../task-plan.ts";
import type { Columns } from "./find-answers.ts";
import type { Proposal } from "./propose.ts";

/** What every project can ask. */
export const standardQuestionnaires = {
  preference: askedBy("preference"),
  rating: askedBy("rating"),
} as const satisfies Record<StandardName, AskedOfRows>;

function askedBy(name: StandardName): AskedOfRows {
  return { name, ...completionsOf([{ kind: name }]) };
}

/** One answer a prompt can only be rated; a shape says what its own judgements answer, and a mapping what its columns are. */
export function askedFor({ source }: Proposal, columns: Columns, together?: AnswersTogether): AskedOfRows {
  const shape = shapeOf(source)?.question?.(new FileLook(columns));
  const name = shape ?? (source.format === "columns" ? questionOf(source.mapping) : "preference");
  const asked = isBroughtName(name)
    ? { name, ...completionsOf(broughtQuestions(name, {})) }
    : standardQuestionnaires[name];
  return together ? { ...asked, together } : asked;
}

function questionOf(mapping: ColumnMapping): BroughtName | StandardName {
  const { aspects, label, completion, answers } = mapping;
  if (aspects !== undefined) return "imported-aspects";
  if (label !== undefined) return "good-or-bad";
  if (saysRanks(mapping) && answers !== undefined) return "imported-ranking";
  return completion === undefined ? "preference" : "rating";
}

/** As it comes to bear: of pairs only how they meet, of others only how many are shown at once. */
export function togetherOf(asked: AskedOfRows): AnswersTogether {
  const { together = unchosenTogether } = asked;
  return asksPairs(asked) ? { ...together, atOnce: null } : { ...together, way: "ring" };
}

/** What the previewed tasks ask. */
export function questionsOf(
  tasks: ImportReceipt["tasks"],
  source: ImportSource,
  questionnaires: Readonly<Record<string, Questions>> = {},
): Record<string, Questions> {
  const names = [...new Set(tasks.map(({ questionnaire }) => questionnaire))];
  const mapping = source.format === "columns" ? source.mapping : {};
  return Object.fromEntries(
    names.map((name) => {
      const own = questionnaires[name];
      // One that comes with the file asks what the file says, whatever a former version asked.
      if (isBroughtName(name)) return [name, broughtQuestions(name, mapping)];
      return [name, own ?? [standardQuestion(name === "rating" ? "rating" : "preference")]];
    }),
  );
}
