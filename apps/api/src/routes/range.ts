import { DomainError, refused } from "@touchstone/contracts";
import type { ByteRange } from "@touchstone/persistence";
import type { FastifyReply, FastifyRequest } from "fastify";

/**
 * What of a file somebody asks for: one range, where the condition on it holds, or undefined for all of it. A client that goes
 * on with another file's bytes gets the whole of this one (RFC 9110, 13.1.5), and a range of anything but GET is none (14.2).
 *
 * @throws DomainError range_outside
 */
export function rangeAsked(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  { etag, bytes }: { readonly etag: string; readonly bytes: number },
): ByteRange | undefined {
  const { "if-range": condition, range } = headers;
  if (method !== "GET" || (condition !== undefined && condition !== etag)) return undefined;
  try {
    return rangeOf(range, bytes);
  } catch (error) {
    // RFC 9110, 15.5.17: how long it is, for whoever asks anew.
    if (error instanceof DomainError) reply.header("content-range", `bytes */${bytes}`);
    throw error;
  }
}

/**
 * The one range of a Range header (RFC 9110, 14.2), as players of sound ask for; undefined where the whole is to be sent:
 * without one, and for whatever a server may pass over, such as several ranges or another unit.
 *
 * @throws DomainError range_outside
 */
function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (from === "" && to === "") return undefined;
  if (from === "") return lastBytes(Number(to), size);
  const start = Number(from);
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  // Backwards is no range at all, and is passed over.
  if (to !== "" && Number(to) < start) return undefined;
  if (start >= size) throw outside(size);
  return { start, end };
}

function lastBytes(count: number, size: number): ByteRange {
  if (count === 0) throw outside(size);
  return { start: Math.max(0, size - count), end: size - 1 };
}

const outside = (limit: number) => refused("rangeOutside", { limit });
