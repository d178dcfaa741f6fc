import type { Message } from "@touchstone/contracts";
import { promptOf } from "../formats/messages.ts";
import type { SizeLimits } from "../read/decompress.ts";
import { nameOf, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { readRows } from "../read/read-rows.ts";

/** Two answers to a prompt that wait for their scores. */
export interface PairRow {
  /** As the file has it: a number stays one. */
  readonly id: unknown;
  /** The row as it stands in the file. */
  readonly columns: JsonRow["value"];
  readonly prompt: readonly Message[];
  readonly a: string;
  readonly b: string;
}

/** Rows {id, prompt, a, b}. @throws DomainError `invalid_line` naming line and column; `body_too_large` */
export async function* readPairs(bytes: AsyncIterable<Uint8Array>, limits?: SizeLimits): AsyncGenerator<PairRow> {
  for await (const { line, value } of readRows(bytes, limits)) {
    // Only checked: what is written goes by the file's own.
    nameOf(value.id, line, "id");
    yield {
      id: value.id,
      columns: value,
      prompt: promptOf(value.prompt, line, "prompt"),
      a: textOf(value.a, line, "a"),
      b: textOf(value.b, line, "b"),
    };
  }
}
