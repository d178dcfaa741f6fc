import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportFile } from "@touchstone/datasets";
import { randomText } from "../random-text.ts";

export const containers = ["jsonl", "csv", "parquet"] as const;
export type Container = (typeof containers)[number];

const words = 30;
/** Different answers are made of so many texts, each with the number of its row behind it. */
const texts = 1_000;

/** Preferences as TRL has them, by one annotator each, written as our own exports are. @returns the file */
export async function writtenFile(folder: string, container: Container, rows: number): Promise<string> {
  const path = join(folder, `rows.${container}`);
  const asked = { format: "trl-preference", aggregation: "votes", margin: false, container } as const;
  await pipeline(Readable.from(exportFile(preferences(rows), asked)), createWriteStream(path));
  return path;
}

async function* preferences(rows: number): AsyncGenerator<Record<string, unknown>> {
  const pool = Array.from({ length: texts }, (_, place) => randomText(words, `answer ${place}`));
  for (let row = 0; row < rows; row++) {
    yield {
      prompt: [{ role: "user", content: `Why is the sky blue? Number ${row}` }],
      chosen: [{ role: "assistant", content: `${pool[row % texts]} ${row}` }],
      rejected: [{ role: "assistant", content: `${pool[(row + 1) % texts]} ${row}` }],
    };
  }
}
