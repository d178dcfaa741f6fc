import { createHash } from "node:crypto";
import { Split } from "@touchstone/contracts";
import { makeZip } from "client-zip";
import type { ExportedRow } from "../containers/column.ts";
import { encoded, exportFile } from "../export-file.ts";
import type { AskedExport } from "../export-kind.ts";
import { jsonLines } from "../json-lines.ts";
import { estimatedTokens, Lengths } from "../lengths.ts";
import { datasetInfo, isLlamaFactory } from "../shapes/llama-factory.ts";
import { type CardFacts, dataCard, type WrittenFile } from "./card.ts";

/** A row with where it came from, if its shape leaves that out, and which split it belongs to. */
export interface FolderRow {
  readonly row: ExportedRow;
  readonly provenance?: ExportedRow | undefined;
  readonly split: string;
}

interface FolderSource {
  /** The rows of one split, from the beginning; the same each time. */
  rows(split: Split): AsyncGenerator<FolderRow>;
  readonly facts: CardFacts;
  /** What the rows leave out, once they were all read. */
  leftOut(): readonly { readonly reason: string; readonly count: number }[];
  readonly createdAt: Date;
}

type Input = AsyncGenerator<Uint8Array<ArrayBuffer>>;

/**
 * A Hugging Face folder as a zip: the rows of each split, of a shape where each came from, a data card, and the SHA-256 of
 * each file. Files follow each other and none is kept, so its size does not matter; equal sets give equal bytes.
 */
export async function* folder(source: FolderSource, asked: AskedExport): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const zip = makeZip(filesOf(source, asked));
  for await (const chunk of zip) yield new Uint8Array(chunk);
}

async function* filesOf(source: FolderSource, asked: AskedExport) {
  const { format } = asked;
  const hashes: string[] = [];
  const files: WrittenFile[] = [];
  const file = (name: string, input: Input) => ({
    name,
    lastModified: source.createdAt,
    input: hashed(input, (hex) => hashes.push(`${hex}  ${name}`)),
  });
  for (const split of Split.options) {
    // A split without a row has no file: loaders refuse an empty one.
    const rows = source.rows(split);
    const first = await rows.next();
    if (first.done) continue;
    const path = dataPath(split, asked);
    const counted = new Counted(backInFront(first.value, rows), asked);
    yield file(path, exportFile(counted.rows(), { ...asked, container: containerOf(format) }));
    // Files are written one after another: by now this one was.
    const { lengths } = counted;
    files.push({ path, split, rows: lengths.rows, longest: lengths.longest, longer: lengths.longer() });
    if (first.value.provenance !== undefined) {
      yield file(`provenance/${split}.jsonl`, encoded(jsonLines(numbered(source.rows(split)))));
    }
  }
  if (isLlamaFactory(format)) {
    const sets = Object.fromEntries(files.map(({ path, split }) => [`touchstone_${split}`, path]));
    yield file("dataset_info.json", text(`${JSON.stringify(datasetInfo(format, sets), null, 2)}\n`));
  }
  yield file("README.md", text(dataCard(source.facts, { ...asked, files, leftOut: source.leftOut() })));
  yield file("manifest.sha256", text(`${hashes.join("\n")}\n`));
}

/** LLaMA-Factory's info names files of lines, and Label Studio imports a list; all others read Parquet. */
function containerOf(format: AskedExport["format"]): "jsonl" | "parquet" {
  return isLlamaFactory(format) || format === "label-studio" ? "jsonl" : "parquet";
}

function dataPath(split: Split, { format }: AskedExport): string {
  if (format === "label-studio") return `data/${split}.json`;
  return containerOf(format) === "jsonl" ? `data/${split}.jsonl` : `data/${split}-00000-of-00001.parquet`;
}

/** Lengths that trainers are often held to, in tokens: what a card counts beside the one that was asked for. */
const usualLengths = [512, 1_024, 2_048, 4_096, 8_192];

class Counted {
  readonly lengths: Lengths;
  readonly #source: AsyncIterable<FolderRow>;
  readonly #format: AskedExport["format"];

  constructor(source: AsyncIterable<FolderRow>, { format, tokens }: AskedExport) {
    this.#source = source;
    this.#format = format;
    const bounds = new Set([...usualLengths, ...(tokens === undefined ? [] : [tokens])]);
    this.lengths = new Lengths([...bounds].sort((one, other) => one - other));
  }

  async *rows(): AsyncGenerator<ExportedRow> {
    for await (const { row } of this.#source) {
      this.lengths.add(estimatedTokens(this.#format, row));
      yield row;
    }
  }
}

async function* backInFront(first: FolderRow, rest: AsyncIterable<FolderRow>): AsyncGenerator<FolderRow> {
  yield first;
  yield* rest;
}

/** Where each row came from, by its line (of a table, its row), counted from 1. */
async function* numbered(rows: AsyncIterable<FolderRow>): AsyncGenerator<ExportedRow> {
  let line = 0;
  for await (const { provenance } of rows) {
    line += 1;
    yield { line, ...provenance };
  }
}

async function* hashed(bytes: Input, tell: (hex: string) => void): Input {
  const hash = createHash("sha256");
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
  tell(hash.digest("hex"));
}

async function* text(whole: string): Input {
  yield new TextEncoder().encode(whole);
}
