import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { fileProblem, tooLarge } from "./line-problem.ts";
import { peek } from "./peek.ts";

export interface SizeLimits {
  /** Most bytes a file may have after decompression. */
  readonly maximumBytes: number;
  /** How many times its compressed size a file may grow, once it has passed `ratioFrom` bytes. */
  readonly maximumRatio: number;
  readonly ratioFrom: number;
}

/** Text compresses by 3 to 20; 200 leaves room for very regular files, and a bomb has a thousand. */
export const defaultSizeLimits: SizeLimits = { maximumBytes: 8 * 2 ** 30, maximumRatio: 200, ratioFrom: 32 * 2 ** 20 };

/**
 * The bytes of a file, decompressed where they begin as gzip does, whatever the file is called. Nothing is held back:
 * memory does not grow with the file, and a reader that is slow slows the source.
 *
 * @param onGzip told where it is so
 * @throws DomainError body_too_large beyond the limits, before the excess is looked at; invalid_line for broken gzip.
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  limits: SizeLimits = defaultSizeLimits,
  onGzip: () => void = () => {},
): AsyncGenerator<Uint8Array> {
  let received = 0;
  let delivered = 0;
  const counted = count(source, (bytes) => {
    received += bytes;
  });
  const { head, rest } = await peek(counted, 2);
  const gzipped = head[0] === 0x1f && head[1] === 0x8b;
  if (gzipped) onGzip();
  for await (const chunk of gzipped ? gunzip(rest) : rest) {
    delivered += chunk.length;
    if (delivered > limits.maximumBytes) {
      throw tooLarge("fileTooLarge", { limit: limits.maximumBytes });
    }
    if (gzipped && delivered > limits.ratioFrom && delivered > received * limits.maximumRatio) {
      throw tooLarge("fileUnpacksTooFar", { limit: limits.maximumRatio });
    }
    yield chunk;
  }
}

async function* count(source: AsyncIterable<Uint8Array>, add: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    add(chunk.length);
    yield chunk;
  }
}

async function* gunzip(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const input = Readable.from(source, { objectMode: false });
  const output = createGunzip();
  // The source's own error (a client that went away) must come through, not the gunzip's complaint about it.
  input.on("error", (error) => output.destroy(error));
  input.pipe(output);
  try {
    yield* output;
  } catch (error) {
    if (!isZlibError(error)) throw error;
    throw fileProblem("fileGzipDamaged");
  } finally {
    input.destroy();
    output.destroy();
  }
}

function isZlibError(error: unknown): boolean {
  return error instanceof Error && "code" in error && /^Z_/.test(String(error.code));
}
