import type { JsonRow } from "../read/json-rows.ts";
import type { TrainingRow } from "../training/training-row.ts";
import { columnsOf } from "./columns-of.ts";

/** What a row of a file says beside what a trainer reads of it. */
export interface PreservedColumns {
  /** Handed on as they stand: no step looks at them. */
  readonly kept: JsonRow["value"];
  /** Names of columns that have no place in the rows written. */
  readonly lost: readonly string[];
}

/** A row that has one of these is of another kind: they can't stand beside a conversation that was taken apart. */
const deciding = [
  ...["chosen", "rejected", "instruction", "completions", "ranking", "completion", "text"],
  ...["label", "reward", "score", "aspect"],
];

/**
 * The columns of a file's row that `columnsOf` does not write, so that none goes missing unsaid.
 * @param row what was read from it
 */
export function preservedColumns({ value }: JsonRow, row: TrainingRow): PreservedColumns {
  const written = new Set(Object.keys(columnsOf(row, "")));
  const takenApart = takenApartOf(value, row);
  const kept: Record<string, unknown> = {};
  const lost: string[] = [];
  for (const [name, cell] of Object.entries(value)) {
    // TRL's trainers learn from a column of this name: it goes on exactly as it came, or not at all.
    if (name === "margin" && row.kind === "comparison") kept[name] = cell;
    else if (written.has(name)) continue;
    else if (takenApart === undefined) kept[name] = cell;
    else if (name === takenApart) continue;
    else if (cell !== null && deciding.includes(name)) lost.push(name);
    else kept[name] = cell;
  }
  return { kept, lost };
}

/** The column whose content is spread over columns of other names. */
function takenApartOf(value: JsonRow["value"], row: TrainingRow): string | undefined {
  if (row.kind === "text") return undefined;
  if (row.kind !== "comparison" && row.kind !== "rating") {
    return Array.isArray(value.messages) && value.completion === undefined && value.ranking === undefined
      ? "messages"
      : undefined;
  }
  return value.instruction !== undefined && value.chosen === undefined && Array.isArray(value.completions)
    ? "instruction"
    : undefined;
}
