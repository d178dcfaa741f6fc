import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { refused } from "@touchstone/contracts";
import { defaultSizeLimits, fileProblem, openNamelessFile } from "@touchstone/datasets";
import type { OpenFile } from "../../threads/parsing-jobs.ts";

/** An upload on disk, which any thread of this process reads while it is there. */
type Upload = OpenFile & { close(): Promise<void> };

/**
 * Works with an upload on disk, of which nothing is left afterwards.
 *
 * @throws DomainError as `spoolUpload`, and whatever the work throws.
 */
export async function withUpload<T>(
  body: Readable | null | undefined,
  work: (upload: OpenFile) => Promise<T>,
): Promise<T> {
  const { close, ...upload } = await spoolUpload(body);
  try {
    return await work(upload);
  } finally {
    await close();
  }
}

/**
 * Writes an upload to a file without a name, of which nothing is left even after a SIGKILL. What a person reads on the
 * receipt and what is imported then come from the same bytes.
 *
 * @throws DomainError invalid_line where nothing was sent, invalid_request where the upload breaks off, body_too_large
 * beyond the limit.
 */
async function spoolUpload(body: Readable | null | undefined): Promise<Upload> {
  // A request without a body and without a type passes every parser.
  if (!body) throw fileProblem("fileNoRows");
  const file = await openNamelessFile();
  try {
    const hash = createHash("sha256");
    let size = 0;
    // Leaves the request open when reading stops early; destroying it would cut the connection before the answer.
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size > defaultSizeLimits.maximumBytes) {
        throw refused("uploadTooLarge", { limit: defaultSizeLimits.maximumBytes });
      }
      hash.update(chunk);
      await file.append(chunk);
    }
    return { sha256: hash.digest("hex"), descriptor: file.descriptor, close: file.close };
  } catch (error) {
    await file.close();
    if (body.readableAborted) throw refused("uploadBrokeOff");
    throw error;
  } finally {
    // What is left of a refused file is read and dropped: a client hears the answer once it has sent everything.
    body.resume();
  }
}
