import { createHash } from "node:crypto";
import type { DomainErrorData, MediaRef } from "@touchstone/contracts";
import {
  type AskedOfRows,
  type ImportRow,
  type ImportSource,
  KnownMedia,
  makeReceipt,
  type ReceiptWish,
  type Recognition,
  readDescriptor,
  readImport,
} from "@touchstone/datasets";
import { type FileStore, readPieces, stageIdentities, stageRows } from "@touchstone/persistence";

/** Bytes that can be read as often as wanted: of a file that another thread of this process holds open, or pieces in the store. */
export type FileBytes = { readonly descriptor: number } | { readonly pieces: readonly string[] };

/** A file to read, and the digest of its bytes. */
export type OpenFile = FileBytes & { readonly sha256: string };

/** What a thread is told of its surroundings. */
export interface ParsingSurroundings {
  /** Where the file store lies. */
  readonly filesDir: string;
}

/** Memory that both threads see: how many bytes were read so far. */
export type ReadCounter = SharedArrayBuffer;

export function openCounter(): ReadCounter {
  return new SharedArrayBuffer(BigInt64Array.BYTES_PER_ELEMENT);
}

export function counted(counter: ReadCounter): number {
  return Number(Atomics.load(new BigInt64Array(counter), 0));
}

/** A recognition whose errors are data. */
export interface RecognitionData extends Pick<Recognition, "receipt" | "source"> {
  readonly refusal: DomainErrorData | null;
  readonly badRow: DomainErrorData | null;
}

/** What is done with the text of files: one line of a file may take seconds. */
export const parsingJobs = (files: FileStore) => ({
  /** @returns SHA-256 in hexadecimal */
  async digest({ file }: Reading, signal: AbortSignal): Promise<string> {
    const hash = createHash("sha256");
    for await (const chunk of whileWanted(files, { file }, signal)) hash.update(chunk);
    return hash.digest("hex");
  },
  async receipt({ file, wish, media, counter }: ReceiptJob, signal: AbortSignal): Promise<RecognitionData> {
    const read = () => whileWanted(files, { file, counter }, signal);
    const recognition = await makeReceipt({ read, sha256: file.sha256 }, { ...wish, media: known(media) });
    const { receipt, source, refusal, badRow } = recognition;
    return { receipt, source, refusal: refusal?.toData() ?? null, badRow: badRow?.toData() ?? null };
  },
  stage(job: StageJob, signal: AbortSignal) {
    return stageRows(rowsOf(files, job, signal, job.asked), job.asked);
  },
  /** What tells whether rows are there already. */
  identities(job: StageJob, signal: AbortSignal) {
    return stageIdentities(rowsOf(files, job, signal, job.asked), job.asked);
  },
  /** The files that rows hold themselves, each once. */
  async *embedded(job: RowsJob, signal: AbortSignal): AsyncGenerator<EmbeddedFile> {
    const seen = new Set<string>();
    for await (const row of rowsOf(files, job, signal)) {
      for (const { ref, bytes } of row.embedded ?? []) {
        if (seen.has(ref.sha256)) continue;
        seen.add(ref.sha256);
        // Its own memory: it moves to the other thread.
        yield { bytes: new Uint8Array(bytes), name: ref.name };
      }
    }
  },
});

/** What rows can name, as it comes from another thread. */
export interface MediaData {
  readonly projectId: string;
  readonly refs: readonly MediaRef[];
}

const known = ({ projectId, refs }: MediaData) => new KnownMedia(projectId, refs);

interface Reading {
  readonly file: FileBytes;
  /** Whoever asks how far it is gives one. */
  readonly counter?: ReadCounter | undefined;
}

interface ReceiptJob extends Reading {
  readonly file: OpenFile;
  readonly wish: ReceiptWish;
  readonly media: MediaData;
}

interface RowsJob extends Reading {
  readonly source: ImportSource;
  readonly leaveOut: boolean;
  readonly media: MediaData;
}

interface StageJob extends RowsJob {
  readonly asked: AskedOfRows;
}

interface EmbeddedFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly name: string;
}

function rowsOf(files: FileStore, job: RowsJob, signal: AbortSignal, asked?: AskedOfRows): AsyncGenerator<ImportRow> {
  const { source, leaveOut, media } = job;
  return readImport(whileWanted(files, job, signal), source, { leaveOut, media: known(media), asked });
}

export type ParsingJobs = ReturnType<typeof parsingJobs>;

async function* whileWanted(
  files: FileStore,
  { file, counter }: Reading,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const read = counter === undefined ? null : new BigInt64Array(counter);
  for await (const chunk of "pieces" in file ? readPieces(files, file.pieces) : readDescriptor(file.descriptor)) {
    signal.throwIfAborted();
    if (read) Atomics.add(read, 0, BigInt(chunk.length));
    yield chunk;
  }
}
