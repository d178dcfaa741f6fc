import { refused, type SpooledFileView } from "@touchstone/contracts";
import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * What the tus protocol says in headers (https://tus.io/protocols/resumable-upload), version 1.0.0 with the extensions
 * creation, checksum, expiration and termination.
 */
const version = "1.0.0";

/** @throws DomainError version_unsupported, as the protocol asks of every request but those that only look. */
export function assertTus({ headers }: FastifyRequest, reply: FastifyReply): void {
  reply.header("tus-resumable", version);
  if (headers["tus-resumable"] === version) return;
  reply.header("tus-version", version);
  throw refused("tusVersion", { version });
}

/** How far an upload is. No copy of this may be kept on the way. */
export function tellUpload(reply: FastifyReply, { bytes, received, expiresAt }: SpooledFileView): void {
  reply.header("tus-resumable", version);
  reply.header("upload-offset", received);
  if (bytes !== null) reply.header("upload-length", bytes);
  reply.header("upload-expires", new Date(expiresAt).toUTCString());
  reply.header("cache-control", "no-store");
}

/** @throws DomainError invalid_request where the length is not said: how much room it takes is asked before it comes. */
export function lengthOf({ headers }: FastifyRequest): number {
  return countOf(headers["upload-length"]) ?? fail("uploadLengthNeeded");
}

/** @throws DomainError invalid_request */
export function offsetOf({ headers }: FastifyRequest): number {
  return countOf(headers["upload-offset"]) ?? fail("uploadOffsetNeeded");
}

function fail(reason: "uploadLengthNeeded" | "uploadOffsetNeeded"): never {
  throw refused(reason);
}

function countOf(value: string | string[] | undefined): number | null {
  if (typeof value !== "string" || !/^\d{1,15}$/.test(value)) return null;
  return Number(value);
}

/** The longest name that is kept, in characters. */
const longestName = 200;

/** The file's name of `Upload-Metadata` (pairs of a key and base64 of its value), without folders. */
export function nameOf({ headers }: FastifyRequest): string {
  const metadata = String(headers["upload-metadata"] ?? "");
  const pairs = new Map(
    metadata.split(",").map((pair) => {
      const [key = "", value = ""] = pair.trim().split(" ");
      return [key, Buffer.from(value, "base64").toString("utf8")];
    }),
  );
  return plainName(pairs.get("filename") ?? pairs.get("name") ?? "");
}

/** What a file is called on a page: no folders, nothing that can't be seen or stored. */
export function plainName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? "";
  const name = last
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, "")
    .trim();
  return name.slice(0, longestName).toWellFormed() || "file";
}

export interface Checksum {
  readonly algorithm: "sha1" | "sha256";
  /** In base64. */
  readonly digest: string;
}

/** @throws DomainError invalid_request for a kind that is not known. */
export function checksumOf({ headers }: FastifyRequest): Checksum | null {
  const given = headers["upload-checksum"];
  if (given === undefined) return null;
  const [algorithm = "", digest = ""] = String(given).split(" ");
  if (algorithm !== "sha1" && algorithm !== "sha256") throw refused("uploadChecksumKind", { given: algorithm });
  return { algorithm, digest };
}
