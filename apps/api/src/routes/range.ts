import { refused } from "@touchstone/contracts";
import type { ByteRange } from "@touchstone/persistence";

/**
 * The one range of a Range header (RFC 9110, 14.2), as players of sound ask for; undefined where the whole is to be sent:
 * without one, and for whatever a server may pass over, such as several ranges or another unit.
 *
 * @throws DomainError range_outside
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | undefined {
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
