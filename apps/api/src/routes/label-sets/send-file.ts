import { Readable } from "node:stream";
import { DomainError, refused } from "@touchstone/contracts";
import type { FileStore, ReadyFile } from "@touchstone/persistence";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Sent, sent } from "../implement.ts";
import { rangeOf } from "../media/range.ts";
import { matchesEtag } from "./matches-etag.ts";

/** It may be written anew, as when something of it is deleted: whoever has it asks whether it is still that. */
const askedEachTime = "private, no-cache";

const types: Readonly<Record<string, string>> = {
  parquet: "application/vnd.apache.parquet",
  jsonl: "application/x-ndjson",
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  zip: "application/zip",
  gz: "application/gzip",
};

/**
 * A file of a label set as RFC 9110 has it: whole or one range, with its SHA-256 as a strong ETag; 304 to who has it, 416
 * beyond its end.
 *
 * @returns how it was answered: null where the row has lost its file, and nothing was sent.
 */
export async function sendFile(
  files: FileStore,
  file: ReadyFile,
  name: string,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<Sent | null> {
  const etag = `"${file.sha256}"`;
  const common = { etag, "accept-ranges": "bytes", "cache-control": askedEachTime };
  if (matchesEtag(request.headers["if-none-match"], etag)) {
    reply.headers(common).code(304).send();
    return sent;
  }
  const range = rangeAsked(request, reply, etag, file.bytes);
  const content = request.method === "HEAD" ? undefined : await files.get(file.path, range);
  // A disk that has lost it, or a backup that was put back without its files: it is written again.
  if (content === null) return null;
  reply
    .headers(common)
    .type(types[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream")
    .header("content-length", range ? range.end - range.start + 1 : file.bytes)
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("last-modified", file.writtenAt.toUTCString());
  if (range) reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${file.bytes}`);
  reply.send(content?.stream ?? Readable.from([]));
  return sent;
}

/** The range, where the condition on it holds: a client that goes on with another file's bytes gets the whole of this one. */
function rangeAsked({ headers }: FastifyRequest, reply: FastifyReply, etag: string, bytes: number) {
  const { "if-range": condition, range } = headers;
  if (condition !== undefined && condition !== etag) return undefined;
  try {
    return rangeOf(range, bytes);
  } catch (error) {
    // RFC 9110, 15.5.17: how long it is, for whoever asks anew.
    if (error instanceof DomainError) reply.header("content-range", `bytes */${bytes}`);
    throw error;
  }
}

/** Seconds after which whoever waits for a file looks again. */
const retrySeconds = 5;

/** What there is to say of a file that is not written. An error, so that no loader takes it for the file. */
export function notWritten(
  reply: FastifyReply,
  { name, state, rows }: { readonly name: string; readonly state: string; readonly rows: number },
): DomainError {
  if (state === "failed") return refused("labelSetFileFailed", { name });
  reply.header("retry-after", retrySeconds);
  if (state === "writing") return refused("labelSetFileWriting", { name, rows, seconds: retrySeconds });
  return refused("labelSetFileWaiting", { name, seconds: retrySeconds });
}
