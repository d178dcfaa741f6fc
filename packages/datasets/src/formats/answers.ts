import type { ColumnMapping } from "@touchstone/contracts";
import { optionalName, valueAt } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem, mappingProblem } from "../read/line-problem.ts";
import type { Side } from "./conversation.ts";

/** An answer as it lies in its row. */
export interface FoundAnswer extends Side {
  readonly id: string | null;
  readonly model: string | null;
  /** Where the answer has one beside it. */
  readonly score: unknown;
}

/** The answers of a row in canonical order: two sides, one completion, a column each, or a list. */
export function answersAt(row: JsonRow, mapping: ColumnMapping): FoundAnswer[] {
  const at = (path: string | undefined, id?: string, model?: string): FoundAnswer => ({
    path: path ?? id ?? "",
    value: path === undefined ? undefined : valueAt(row.value, path),
    id: nameAt(row, id),
    model: nameAt(row, model),
    score: undefined,
  });
  const { answers, a, b, aId, bId, aModel, bModel, completion, model } = mapping;
  if (answers) return "list" in answers ? inList(row, answers) : inColumns(row, answers, at);
  if (a !== undefined || aId !== undefined) return [at(a, aId, aModel), at(b, bId, bModel)];
  return completion === undefined ? [] : [at(completion, aId, model)];
}

/** A blank cell is an answer that this row does not have. */
function inColumns(
  row: JsonRow,
  { columns, models = [] }: { columns: readonly string[]; models?: readonly string[] | undefined },
  at: (path: string, id?: string, model?: string) => FoundAnswer,
): FoundAnswer[] {
  return columns.flatMap((path, index) =>
    isBlank(valueAt(row.value, path)) ? [] : [at(path, undefined, models[index])],
  );
}

interface ListPaths {
  readonly list: string;
  readonly text?: string | undefined;
  readonly model?: string | undefined;
  readonly score?: string | undefined;
}

function inList({ line, value }: JsonRow, paths: ListPaths): FoundAnswer[] {
  const list = valueAt(value, paths.list);
  if (isBlank(list)) return [];
  if (!Array.isArray(list)) throw mappingProblem("answers.list", line, "mappingNotList", { column: paths.list });
  return list.flatMap((entry: unknown, index): FoundAnswer[] => {
    const path = `${paths.list}.${index}`;
    if (entry === null) return [];
    if (paths.text === undefined) return [{ path, value: entry, id: null, model: null, score: undefined }];
    if (!isObject(entry)) throw lineProblem(line, path, "answerEntry", { name: paths.text });
    const model =
      paths.model === undefined ? null : optionalName(valueAt(entry, paths.model), line, `${path}.${paths.model}`);
    return [
      {
        path: `${path}.${paths.text}`,
        value: valueAt(entry, paths.text),
        id: null,
        model,
        score: paths.score === undefined ? undefined : valueAt(entry, paths.score),
      },
    ];
  });
}

function nameAt({ line, value }: JsonRow, path: string | undefined): string | null {
  return path === undefined ? null : optionalName(valueAt(value, path), line, path);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}
