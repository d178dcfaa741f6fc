import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { Split } from "@touchstone/contracts";
import { type ClusterSplits, clusterTexts, FileSummary, type ReadItem, readItems } from "@touchstone/datasets";
import { z } from "zod";
import { callerPath } from "../files/caller-path.ts";
import { hashed, readingOf, telling } from "../files/read-rows.ts";
import { UsageError } from "../usage-error.ts";

export interface SourceFile {
  readonly path: string;
  readonly sha256: string;
  readonly rows: number;
  /** How many of them no step dropped. */
  readonly kept: number;
}

/**
 * Hands on a file's rows one by one; a file called .txt that is no JSON is one text.
 * @param take whether the row is kept
 * @throws UsageError naming file, line, column and cure
 */
export async function eachItem(
  path: string,
  take: (item: ReadItem) => Promise<boolean>,
): Promise<{ file: SourceFile; summary: FileSummary }> {
  const full = callerPath(path);
  const hash = createHash("sha256");
  const summary = new FileSummary();
  let [rows, kept] = [0, 0];
  await telling(path, async () => {
    const options = await readingOf(full);
    const bytes = hashed(createReadStream(full), hash);
    for await (const item of readItems(bytes, basename(path), { ...options, summary })) {
      rows += 1;
      if (await take(item)) kept += 1;
    }
  });
  if (rows === 0) throw new UsageError(`${path} is empty.`);
  return { file: { path: full, sha256: hash.digest("hex"), rows, kept }, summary };
}

export const splitFile = (split: Split) => `${split}.jsonl`;
const SplitTable = z.record(z.string(), Split);

/** What earlier versions decided. @throws UsageError if a folder holds no such version */
export async function previousSplits(folders: readonly string[]): Promise<(readonly [key: string, split: Split])[]> {
  const decided: (readonly [string, Split])[] = [];
  for (const folder of folders) {
    const path = join(callerPath(folder), "splits.json");
    if (!existsSync(path)) {
      throw new UsageError(`--previous: ${folder} holds no splits.json. Name the --out of an earlier version.`);
    }
    for (const one of Object.entries(await readSplits(path, folder))) decided.push(one);
  }
  return decided;
}

async function readSplits(path: string, folder: string): Promise<Record<string, Split>> {
  try {
    return SplitTable.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw new UsageError(
      `--previous: ${folder}/splits.json is damaged: it must map cluster keys to ${Split.options.join(", ")}.`,
    );
  }
}

/** Prompts of earlier versions stand in the clusters too: what is like one of them goes where it went, though it isn't here. */
export async function placePrevious(clusters: ClusterSplits, folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    for (const split of Split.options) {
      const path = join(callerPath(folder), splitFile(split));
      if (!existsSync(path)) continue;
      await telling(`${folder}/${splitFile(split)}`, async () => {
        for await (const { key, row } of readItems(createReadStream(path), splitFile(split))) {
          clusters.add(key, clusterTexts(row));
        }
      });
    }
  }
}
