import type { JsonRow } from "../read/json-rows.ts";
import { type JoinedRow, taskOf } from "./atif.ts";

/** Documents of one task that are kept together: more are another task of the same prompt. */
const mostTogether = 100;

/**
 * Documents of one task that follow each other as one row, since a file of them has each answer in a row of its own. One
 * that cannot be read stays alone, so that its neighbours are not left out with it.
 */
export async function* joinTasks(rows: AsyncIterable<JsonRow>): AsyncGenerator<JoinedRow> {
  let held: JsonRow[] = [];
  let task: string | null = null;
  for await (const row of rows) {
    const next = taskOf(row);
    if (held.length > 0 && (next === null || next !== task || held.length >= mostTogether)) {
      yield joined(held);
      held = [];
    }
    held.push(row);
    task = next;
  }
  if (held.length > 0) yield joined(held);
}

function joined(rows: readonly JsonRow[]): JoinedRow {
  const [first, ...more] = rows;
  if (first === undefined) throw new RangeError("no row is joined of none");
  return more.length === 0 ? first : { ...first, joined: rows };
}
