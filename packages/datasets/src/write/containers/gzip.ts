import { Readable } from "node:stream";
import { createGzip } from "node:zlib";

/** The same bytes compressed, made as fast as they are taken. Its end carries a checksum: a file that broke off is not whole. */
export async function* gzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const source = Readable.from(chunks, { objectMode: false });
  const gzip = createGzip();
  source.once("error", (error) => gzip.destroy(error));
  try {
    // Copied, since zlib writes on where these lie, and whoever is given a chunk may give its memory away.
    for await (const chunk of source.pipe(gzip)) yield new Uint8Array(chunk);
  } finally {
    source.destroy();
  }
}
