import type { Readable } from "node:stream";
import { largestMediaBytes, refused } from "@touchstone/contracts";

/**
 * A file whole, in memory: it is looked at from its first byte to its last before any of it is kept.
 *
 * @throws DomainError invalid_request where it breaks off, body_too_large beyond the limit.
 */
export async function readUpload(body: Readable | null | undefined, name: string): Promise<Uint8Array> {
  if (!body) return new Uint8Array();
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Leaves the request open when reading stops early; destroying it would cut the connection before the answer.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > largestMediaBytes) throw refused("mediaTooLarge", { name, limit: largestMediaBytes });
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch (error) {
    if (body.readableAborted) throw refused("mediaUploadBrokeOff");
    throw error;
  } finally {
    // What is left of a refused file is read and dropped: a client hears the answer once it has sent everything.
    body.resume();
  }
}
