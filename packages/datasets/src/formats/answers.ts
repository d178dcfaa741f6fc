import type { ColumnMapping } from "@touchstone/contracts";
import { optionalName, valueAt } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem, mappingProblem } from "../read/line-problem.ts";
import type { Side } from "./conversation.ts";
import { rankOfPlace } from "./judged-columns.ts";

/** An answer as it lies in its row. */
export interface FoundAnswer extends Side {
  readonly id: string | null;
  readonly model: string | null;
  /** Where the answer has one beside it. */
  readonly score: unknown;
  readonly rank: Ranked | undefined;
}

interface Ranked {
  readonly value: unknown;
  readonly path: string;
}

/** The answers of a row in canonical order: two sides, one completion, a column each, or a list. */
export function answersAt(row: JsonRow, mapping: ColumnMapping): FoundAnswer[] {
  const { answers, a, b, aId, bId, aModel, bModel, completion, model, scores = [], score } = mapping;
  const at = (place: number, path: string | undefined, id?: string, model?: string): FoundAnswer => {
    const scored = scores[place];
    return {
      path: path ?? id ?? "",
      value: path === undefined ? undefined : valueAt(row.value, path),
      id: nameAt(row, id),
      model: nameAt(row, model),
      score: scored === undefined ? undefined : valueAt(row.value, scored),
      rank: rankOfPlace(row, mapping, place, answers && "columns" in answers ? answers.columns.length : 2),
    };
  };
  if (answers) return "list" in answers ? inList(row, answers, mapping) : inColumns(row, answers, at);
  if (a !== undefined || aId !== undefined) return [at(0, a, aId, aModel), at(1, b, bId, bModel)];
  if (completion === undefined) return [];
  const only = at(0, completion, aId, model);
  return [score === undefined ? only : { ...only, score: valueAt(row.value, score) }];
}

/** A blank cell is an answer that this row does not have. */
function inColumns(
  row: JsonRow,
  { columns, models = [] }: { columns: readonly string[]; models?: readonly string[] | undefined },
  at: (place: number, path: string, id?: string, model?: string) => FoundAnswer,
): FoundAnswer[] {
  return columns.flatMap((path, index) =>
    isBlank(valueAt(row.value, path)) ? [] : [at(index, path, undefined, models[index])],
  );
}

interface ListPaths {
  readonly list: string;
  readonly text?: string | undefined;
  readonly model?: string | undefined;
  readonly score?: string | undefined;
  readonly rank?: string | undefined;
}

function inList({ line, value }: JsonRow, paths: ListPaths, mapping: ColumnMapping): FoundAnswer[] {
  const list = valueAt(value, paths.list);
  if (isBlank(list)) return [];
  if (!Array.isArray(list)) throw mappingProblem("answers.list", line, "mappingNotList", { column: paths.list });
  return list.flatMap((entry: unknown, index): FoundAnswer[] => {
    const path = `${paths.list}.${index}`;
    if (entry === null) return [];
    const rank = rankOfPlace({ line, value }, mapping, index, list.length);
    if (paths.text === undefined) return [{ path, value: entry, id: null, model: null, score: undefined, rank }];
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
        rank:
          paths.rank === undefined
            ? rank
            : { value: valueAt(entry, paths.rank), path: `${paths.list}.${index}.${paths.rank}` },
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
