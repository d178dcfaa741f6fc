import { defaultSizeLimits, type SizeLimits } from "./decompress.ts";
import { fileBytesOf } from "./file-bytes.ts";
import type { JsonRow } from "./json-rows.ts";
import { fileProblem } from "./line-problem.ts";
import { type ZipEntry, zipBytes, zipEntries } from "./zip-entries.ts";

/** Files of rows, by how they are called. */
const ofRows = /\.(jsonl|ndjson|json|csv|tsv|parquet)(\.gz)?$/i;
/** What stands beside them in a folder and holds no rows: cards, licences, descriptions, and what systems leave behind. */
const beside =
  /(^|\/)(__MACOSX\/.*|\.[^/]*|[^/]*\.md|licen[cs]e[^/]*|notice[^/]*|dataset_infos?\.json|dataset_dict\.json|state\.json|sha256sums?[^/]*|manifest[^/]*)$/i;
/** In a folder that this product wrote, which has a manifest of hashes: where each row came from, which is no row itself. */
const ofOurRows = /(^|\/)provenance\/[^/]+\.jsonl$/;

/** A folder of Hugging Face calls its files after their split. */
const ofSplit = /(?:^|\/)(train|validation|valid|dev|test)(?:[-_.][^/]*)?$/i;
const splits: Readonly<Record<string, string>> = { valid: "validation", dev: "validation" };

/**
 * The rows of all files of rows in an archive, in the order of their names. Lines are counted on from file to file. Where every file is
 * called after a split, as in a folder of Hugging Face, its rows say so in the column “split”, unless they have one.
 *
 * @param open the rows of one file
 * @throws DomainError invalid_line where the archive holds a file that is neither of rows nor one that stands beside them
 */
export async function* readZipRows(
  source: AsyncIterable<Uint8Array>,
  open: (bytes: AsyncGenerator<Uint8Array>) => Promise<AsyncGenerator<JsonRow>>,
  limits: SizeLimits = defaultSizeLimits,
): AsyncGenerator<JsonRow> {
  const bytes = await fileBytesOf(source);
  try {
    const files = filesOfRows(await zipEntries(bytes));
    const total = files.reduce((sum, { size }) => sum + size, 0);
    if (total > limits.maximumBytes) throw fileProblem("zipTooLarge");
    const named = files.every(({ name }) => ofSplit.test(name));
    let before = 0;
    for (const file of files) {
      const split = named ? splitOf(file) : null;
      let last = 0;
      for await (const { line, value } of await open(zipBytes(file, limits))) {
        last = line;
        const hasOwn = split === null || (value.split !== undefined && value.split !== null);
        yield { line: before + line, value: hasOwn ? value : { ...value, split } };
      }
      before += last;
    }
  } finally {
    await bytes.close();
  }
}

function filesOfRows(entries: readonly ZipEntry[]): ZipEntry[] {
  const isOurs = entries.some(({ name }) => /(^|\/)manifest\.sha256$/.test(name));
  const candidates = entries.filter(({ name }) => !beside.test(name) && !(isOurs && ofOurRows.test(name)));
  const stray = candidates.find(({ name }) => !ofRows.test(name));
  if (stray !== undefined) throw fileProblem("zipStray", { name: stray.name.slice(0, 100) });
  if (candidates.length === 0) throw fileProblem("zipNoRows");
  return candidates;
}

function splitOf({ name }: ZipEntry): string | null {
  const found = ofSplit.exec(name)?.[1]?.toLowerCase();
  return found === undefined ? null : (splits[found] ?? found);
}
