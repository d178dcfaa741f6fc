import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { ApiError, type Client, ConnectionError } from "@touchstone/api-client";

/** How often in a row a download that broke off is gone on with, where no byte came in between. */
const attempts = 5;
/** Milliseconds between two looks at a file that is being written. */
const lookAgainMs = 2_000;

/**
 * A file of a label set, such as `trl-preference.parquet`, which the product writes first where it has not yet. A download
 * that breaks off goes on where it was, also when the program is started anew: what came so far lies beside the file, under
 * a name with the beginning of its hash, so that two versions are never put together. The file has its name only once all
 * of it is there and its SHA-256 is right.
 *
 * @returns its SHA-256
 */
export async function downloadFile(client: Client, labelSetId: string, name: string, path: string): Promise<string> {
  for (;;) {
    const sha256 = await whenWritten(client, labelSetId, name);
    const part = `${path}.${sha256.slice(0, 16)}.part`;
    if (await fetchAll(client, { labelSetId, name, sha256, part })) {
      await rename(part, path);
      return sha256;
    }
    // It was written anew meanwhile, as when something of it was deleted: of the version before nothing can be used.
    await rm(part, { force: true });
  }
}

/** Has the file written, and waits until it is. @returns its SHA-256 */
async function whenWritten(client: Client, labelSetId: string, name: string): Promise<string> {
  for (;;) {
    // Of one that is there or under way this says only how far it is.
    const { state, sha256 } = await client.askLabelSetFile({ params: { id: labelSetId }, body: { name } });
    if (sha256 !== null) return sha256;
    if (state === "failed") throw new Error(`${name} could not be written: ask for it again.`);
    await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
  }
}

interface Wanted {
  readonly labelSetId: string;
  readonly name: string;
  readonly sha256: string;
  readonly part: string;
}

/** @returns whether all of it is there: not where another version lies at the address by now. */
async function fetchAll(client: Client, wanted: Wanted): Promise<boolean> {
  // Opened to append first, so that it is there.
  await (await open(wanted.part, "a")).close();
  for (let failed = 0; ; ) {
    const before = await sizeOf(wanted.part);
    try {
      if (!(await fetchRest(client, wanted, before))) return false;
      if ((await hashOf(wanted.part)) === wanted.sha256) return true;
      // Bytes that were damaged on the way, or on this disk, are never handed on.
      await (await open(wanted.part, "w")).close();
      throw new ConnectionError("What came does not have the hash that it should have.");
    } catch (error) {
      if (error instanceof ApiError && isBeingWritten(error)) return false;
      // What the API refuses it refuses again; a connection that broke is worth another try.
      const broke = error instanceof ConnectionError || error instanceof TypeError;
      failed = (await sizeOf(wanted.part)) > before ? 0 : failed + 1;
      if (!broke || failed === attempts) throw error;
    }
  }
}

const isBeingWritten = ({ refusal }: ApiError): boolean =>
  refusal?.reason === "labelSetFileWaiting" || refusal?.reason === "labelSetFileWriting";

async function fetchRest(client: Client, { labelSetId, name, sha256, part }: Wanted, start: number): Promise<boolean> {
  const etag = `"${sha256}"`;
  const goingOn = start > 0 ? { range: `bytes=${start}-`, "if-range": etag } : {};
  // A proxy that compressed it would change where each byte is.
  const headers = { "accept-encoding": "identity", ...goingOn };
  const response = await client.getLabelSetFile({ params: { id: labelSetId, name } }, { headers }).catch((error) => {
    // All of it is there, and only its name was missing; the hash says so or not.
    if (error instanceof ApiError && error.code === "range_outside") return null;
    throw error;
  });
  if (response === null) return true;
  if (response.headers.get("etag") !== etag) return false;
  const file = await open(part, "r+");
  try {
    // Whoever knows no ranges sends all of it, and a cache may begin at a block before.
    let place = response.status === 206 ? startOf(response) : 0;
    await file.truncate(place);
    for await (const bytes of response.body ?? []) {
      await file.write(bytes, 0, bytes.length, place);
      place += bytes.length;
    }
  } finally {
    await file.close();
  }
  return true;
}

function startOf(response: Response): number {
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get("content-range") ?? "") ?? [];
  if (start === undefined) throw new ConnectionError("The answer is a part of the file and does not say which.");
  return Number(start);
}

const sizeOf = async (path: string): Promise<number> => (await stat(path)).size;

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest("hex");
}
