import { once } from "node:events";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { type PreparationSpec, Split } from "@touchstone/contracts";
import { augmenting, jsonText, preparedColumns, readItems, type TrainingRow } from "@touchstone/datasets";
import { splitFile } from "./sources.ts";

/** A JSONL file that is written row by row, no faster than the disk takes it. */
export class RowFile {
  readonly #stream: WriteStream;

  constructor(path: string) {
    this.#stream = createWriteStream(path);
    // Told by `write` and `close`, which wait for it.
    this.#stream.on("error", () => {});
  }

  async write(row: object): Promise<void> {
    // A stream that has failed never drains.
    if (this.#stream.errored) throw this.#stream.errored;
    if (this.#stream.write(`${jsonText(row)}\n`)) return;
    await once(this.#stream, "drain");
  }

  async close(): Promise<void> {
    this.#stream.end();
    await finished(this.#stream);
  }
}

export interface SplitRows {
  readonly rows: Record<Split, number>;
  readonly augmented: number;
}

/**
 * Deals the drafted rows out to their splits' files; those of the training split with their rewordings.
 *
 * @param onTrain each row of train.jsonl, in its order
 */
export async function splitRows(
  draft: string,
  folder: string,
  splits: ReadonlyMap<string, Split>,
  { augment, seed }: PreparationSpec,
  onTrain: (row: TrainingRow) => void,
): Promise<SplitRows> {
  const reword = augmenting(augment, seed);
  const rows = { train: 0, validation: 0, test: 0 };
  let augmented = 0;
  const files = new Map(Split.options.map((split) => [split, new RowFile(join(folder, splitFile(split)))]));
  for await (const { row: drafted, key, preserved } of readItems(createReadStream(draft), "draft")) {
    const split = splits.get(key) ?? "train";
    const row = drafted.kind === "text" ? drafted : { ...drafted, split };
    const more = split === "train" ? reword(row) : [];
    augmented += more.length;
    for (const one of [row, ...more]) {
      rows[split] += 1;
      await files.get(split)?.write(preparedColumns(one, key, preserved.kept));
      if (split === "train") onTrain(one);
    }
  }
  for (const file of files.values()) await file.close();
  return { rows, augmented };
}
