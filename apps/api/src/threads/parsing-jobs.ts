import type { DomainErrorData } from "@touchstone/contracts";
import {
  type AskedOfRows,
  type ImportSource,
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
  async receipt({ file, wish }: { file: OpenFile; wish: ReceiptWish }, signal: AbortSignal): Promise<RecognitionData> {
    const read = () => whileWanted(file, signal);
    const recognition = await makeReceipt({ read, sha256: file.sha256 }, wish);
    const { receipt, source, refusal, badRow } = recognition;
    return { receipt, source, refusal: refusal?.toData() ?? null, badRow: badRow?.toData() ?? null };
  },
  stage(job: StageJob, signal: AbortSignal) {
    const rows = readImport(whileWanted(job.file, signal), job.source, { leaveOut: job.leaveOut });
    return stageRows(rows, job.asked);
  },
};

interface StageJob {
  readonly file: OpenFile;
  readonly source: ImportSource;
  readonly leaveOut: boolean;
  readonly asked: AskedOfRows;
}

export type ParsingJobs = typeof parsingJobs;

async function* whileWanted({ descriptor }: OpenFile, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for await (const chunk of readDescriptor(descriptor)) {
    signal.throwIfAborted();
    yield chunk;
  }
}
