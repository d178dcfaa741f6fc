import type { ColumnRole, Message } from "@touchstone/contracts";
import { splitAnswers } from "../formats/conversation.ts";
import { isAbsent, itemOf, voteDetails } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { itemRoles, judgedRoles } from "./item-roles.ts";
import { nameIn, withSystem } from "./reading.ts";

/** The columns beside the answers of a row that is read as a pair. */
export const preferredRoles = {
  ...{ id: "id", system: "system" },
  ...{ chosen_id: "kept", rejected_id: "kept", chosen_external_id: "answerId", rejected_external_id: "answerId" },
  ...{ chosen_model: "model", rejected_model: "model" },
  ...itemRoles,
  ...judgedRoles,
} as const satisfies Readonly<Record<string, ColumnRole>>;

interface Preferred {
  /** Null where the answers are conversations that hold it. */
  readonly prompt: readonly Message[] | null;
  readonly better: string;
  readonly worse: string;
  /** 1 slightly, 2 plainly, 3 much better. */
  readonly step: number;
  /** On the file's own scale. */
  readonly margin: number | null;
}

/** A row that is one vote for the better of two answers. @throws DomainError invalid_line */
export function preferredRow(row: JsonRow, { prompt, better, worse, step, margin }: Preferred): ImportRow {
  const { line, value } = row;
  for (const path of [better, worse]) if (isAbsent(value[path])) throw lineProblem(line, path, "missing");
  const sides = [better, worse].map((path) => ({ path, value: value[path] }));
  const split = splitAnswers(line, prompt, sides);
  const { origin, ...details } = voteDetails(row);
  const answers = ["chosen", "rejected"].map((side, index) => ({
    id: nameIn(row, `${side}_external_id`),
    text: split.texts[index] ?? "",
    model: nameIn(row, `${side}_model`),
    exportedId: nameIn(row, `${side}_id`),
  }));
  const item = itemOf(row);
  return {
    ...rowOf(line, withSystem(row, split.prompt)),
    ...item,
    itemId: item.itemId ?? nameIn(row, "id"),
    completions: completionsOf(answers),
    votes: [
      {
        annotator: nameIn(row, "annotator_hash", "annotator") ?? unnamedAnnotator,
        outcome: step,
        ...details,
        origin: { ...origin, margin },
      },
    ],
  };
}
