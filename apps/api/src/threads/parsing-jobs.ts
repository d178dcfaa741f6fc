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
import { stageRows } from "@touchstone/persistence";

/** A file on disk that another thread of this process holds open. */
export interface OpenFile {
  readonly descriptor: number;
  readonly sha256: string;
}

/** A recognition whose errors are data. */
export interface RecognitionData extends Pick<Recognition, "receipt" | "source"> {
  readonly refusal: DomainErrorData | null;
  readonly badRow: DomainErrorData | null;
}

/** What is done with the text of files: one line of a file may take seconds. */
export const parsingJobs = {
  async receipt({ file, wish, media }: ReceiptJob, signal: AbortSignal): Promise<RecognitionData> {
    const read = () => whileWanted(file, signal);
    const recognition = await makeReceipt({ read, sha256: file.sha256 }, { ...wish, media: known(media) });
    const { receipt, source, refusal, badRow } = recognition;
    return { receipt, source, refusal: refusal?.toData() ?? null, badRow: badRow?.toData() ?? null };
  },
  stage(job: StageJob, signal: AbortSignal) {
    return stageRows(rowsOf(job, signal, job.asked), job.asked);
  },
  /** The files that rows hold themselves, each once. */
  async *embedded(job: RowsJob, signal: AbortSignal): AsyncGenerator<EmbeddedFile> {
    const seen = new Set<string>();
    for await (const row of rowsOf(job, signal)) {
      for (const { ref, bytes } of row.embedded ?? []) {
        if (seen.has(ref.sha256)) continue;
        seen.add(ref.sha256);
        // Its own memory: it moves to the other thread.
        yield { bytes: new Uint8Array(bytes), name: ref.name };
      }
    }
  },
};

/** What rows can name, as it comes from another thread. */
export interface MediaData {
  readonly projectId: string;
  readonly refs: readonly MediaRef[];
}

const known = ({ projectId, refs }: MediaData) => new KnownMedia(projectId, refs);

interface ReceiptJob {
  readonly file: OpenFile;
  readonly wish: ReceiptWish;
  readonly media: MediaData;
}

interface RowsJob {
  readonly file: OpenFile;
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

function rowsOf(
  { file, source, leaveOut, media }: RowsJob,
  signal: AbortSignal,
  asked?: AskedOfRows,
): AsyncGenerator<ImportRow> {
  return readImport(whileWanted(file, signal), source, { leaveOut, media: known(media), asked });
}

export type ParsingJobs = typeof parsingJobs;

async function* whileWanted({ descriptor }: OpenFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of readDescriptor(descriptor)) {
    signal.throwIfAborted();
    yield chunk;
  }
}
