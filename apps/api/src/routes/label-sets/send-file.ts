import { Readable } from "node:stream";
import { type DomainError, refused } from "@touchstone/contracts";
import type { FileStore, ReadyFile } from "@touchstone/persistence";
import type { FastifyReply, FastifyRequest } from "fastify";
import { whileRead } from "../exports/while-read.ts";
import { type Sent, sent } from "../implement.ts";
import { matchesEtag } from "../matches-etag.ts";
import { rangeAsked } from "../range.ts";

/** It may be written anew, as when something of it is deleted: whoever has it asks whether it is still that. */
const askedEachTime = "private, no-cache";

/** Which file is sent, and by which rules. */
export interface FileToSend {
  readonly name: string;
  readonly mediaType: string;
  readonly ready: Pick<ReadyFile, "path" | "bytes" | "sha256" | "writtenAt">;
  /** Whoever takes nothing for so long, in ms, is cut off. */
  readonly idleMs: number;
  /** Called before the first byte goes out: whoever only asks what they would get takes nothing out. */
  readonly tell: () => Promise<void>;
}

/**
 * A file of a label set or of a model as RFC 9110 has it: whole or one range, with its SHA-256 as a strong ETag; 304 to who has it, 416
 * beyond its end.
 *
 * @returns how it was answered: null where the row has lost its file, and nothing was sent.
 */
export async function sendFile(
  files: FileStore,
  { name, mediaType, ready, idleMs, tell }: FileToSend,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): Promise<Sent | null> {
  const { path, bytes, sha256, writtenAt } = ready;
  const etag = `"${sha256}"`;
  const common = { etag, "accept-ranges": "bytes", "cache-control": askedEachTime };
  if (matchesEtag(request.headers["if-none-match"], etag)) {
    reply.headers(common).code(304).send();
    return sent;
  }
  const range = rangeAsked(request, reply, { etag, bytes });
  const content = request.method === "HEAD" ? undefined : await files.get(path, range);
  // A disk that has lost it, or a backup that was put back without its files: it is written again.
  if (content === null) return null;
  if (content) await tell();
  reply
    .headers(common)
    .type(mediaType)
    .header("content-length", range ? range.end - range.start + 1 : bytes)
    .header("content-disposition", `attachment; filename="${name}"`)
    .header("last-modified", writtenAt.toUTCString());
  if (range) reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${bytes}`);
  reply.send(Readable.from(content ? whileRead(content.stream, reply, idleMs) : [], { objectMode: false }));
  return sent;
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
