import type { Readable } from "node:stream";
import { refused } from "@touchstone/contracts";

/** With which every zip begins that has a file in it. */
const zipMagic = Buffer.from("PK\u0003\u0004");

/**
 * Hands on an archive as it arrives, and answers once it has.
 *
 * @param limit bytes at most
 * @throws DomainError invalid_value for what is no zip, invalid_request where it breaks off, body_too_large beyond the limit.
 */
export async function receiveArchive<T>(
  body: Readable | null | undefined,
  limit: number,
  keep: (content: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  if (!body) throw refused("archiveDamaged");
  try {
    return await keep(checked(body, limit));
  } catch (error) {
    if (body.readableAborted) throw refused("uploadBrokeOff");
    throw error;
  } finally {
    // What is left of a refused file is read and dropped: a client hears the answer once it has sent everything.
    body.resume();
  }
}

async function* checked(body: Readable, limit: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  let head = Buffer.alloc(0);
  // Leaves the request open when reading stops early; destroying it would cut the connection before the answer.
  for await (const chunk of body.iterator({ destroyOnReturn: false })) {
    if (head.length < zipMagic.length) {
      head = Buffer.concat([head, chunk]).subarray(0, zipMagic.length);
      if (!zipMagic.subarray(0, head.length).equals(head)) throw refused("archiveDamaged");
    }
    size += chunk.length;
    if (size > limit) throw refused("archiveTooLarge", { limit });
    yield chunk;
  }
  if (head.length < zipMagic.length) throw refused("archiveDamaged");
}
