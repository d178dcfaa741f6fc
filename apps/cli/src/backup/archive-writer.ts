import { Duplex, PassThrough, Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { type Headers, type Pack, pack } from "tar-stream";
import { seal } from "./sealing.ts";

/** Entries go in one after the other; each call resolves once its bytes have been taken. */
export interface ArchiveWriter {
  add(name: string, content: Buffer): Promise<void>;
  /** @param size exactly as many bytes as `content` gives */
  addStream(name: string, size: number, content: AsyncIterable<Buffer>): Promise<void>;
}

/**
 * Writes an archive to `target`: tar, gzip and, with a passphrase, sealed. Holds a few pieces in memory at most.
 *
 * @param fill adds the entries; when it has, the archive is ended
 */
export async function writeArchive(
  target: Writable,
  passphrase: string | undefined,
  signal: AbortSignal,
  fill: (archive: ArchiveWriter) => Promise<void>,
): Promise<void> {
  const tar = pack();
  const sealing = passphrase === undefined ? new PassThrough() : Duplex.from((zipped) => seal(zipped, passphrase));
  const flow = pipeline(Readable.from(tar), createGzip(), sealing, target, { signal });
  const filling = fill({
    add: (name, content) => addEntry(tar, { name, size: content.length }, Readable.from([content])),
    addStream: (name, size, content) => addEntry(tar, { name, size }, content),
  }).then(
    () => tar.finalize(),
    (error: Error) => {
      tar.destroy(error);
      throw error;
    },
  );
  const [flowed, filled] = await Promise.allSettled([flow, filling]);
  // A disk that is full ends both, and only the first says so.
  if (flowed.status === "rejected") throw flowed.reason;
  if (filled.status === "rejected") throw filled.reason;
}

async function addEntry(tar: Pack, header: Headers, content: AsyncIterable<Buffer>): Promise<void> {
  const { promise, resolve, reject } = withResolvers();
  const entry = tar.entry({ ...header, mode: 0o600 }, (error) => (error ? reject(error) : resolve()));
  await Promise.all([pipeline(content, entry), promise]);
}

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
