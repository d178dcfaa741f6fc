import type { ByteSource } from "./byte-source.ts";
import { GgufError } from "./gguf-error.ts";

/** Bytes that are read ahead: most of a header is one read. */
const ahead = 2 ** 20;

/** Reads numbers and texts one after the other, and nothing beyond the end. */
export interface Cursor {
  readonly offset: number;
  /** Bytes from here to the end. */
  readonly left: number;
  uint8(): number;
  int8(): number;
  uint16(): number;
  int16(): number;
  uint32(): number;
  int32(): number;
  float32(): number;
  float64(): number;
  /** @throws GgufError if it is no whole number that counting is exact for */
  uint64(what: string): number;
  int64(what: string): number;
  /** Bytes of that number as UTF-8. */
  text(length: number, what: string): string;
}

/** @throws GgufError from every reading that would go beyond the end */
export function openCursor(source: ByteSource): Cursor {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let offset = 0;
  let start = 0;
  let window = source.read(0, Math.min(ahead, source.size));
  const take = (length: number): number => {
    if (length > source.size - offset) throw new GgufError("the file ends within its header", { kind: "cutOff" });
    if (offset < start || offset + length > start + window.length) {
      start = offset;
      window = source.read(start, Math.min(Math.max(ahead, length), source.size - start));
    }
    const at = offset - start;
    offset += length;
    return at;
  };
  const view = () => new DataView(window.buffer, window.byteOffset, window.byteLength);
  const counted = (value: bigint, what: string): number => {
    if (value > BigInt(Number.MAX_SAFE_INTEGER) || value < BigInt(Number.MIN_SAFE_INTEGER)) {
      throw new GgufError(`${what} is ${value}, which is no number in good faith`);
    }
    return Number(value);
  };
  // The window may be another one after `take`.
  const number = (length: number, read: (view: DataView, at: number) => number): number => {
    const at = take(length);
    return read(view(), at);
  };
  return {
    get offset() {
      return offset;
    },
    get left() {
      return source.size - offset;
    },
    uint8: () => number(1, (bytes, at) => bytes.getUint8(at)),
    int8: () => number(1, (bytes, at) => bytes.getInt8(at)),
    uint16: () => number(2, (bytes, at) => bytes.getUint16(at, true)),
    int16: () => number(2, (bytes, at) => bytes.getInt16(at, true)),
    uint32: () => number(4, (bytes, at) => bytes.getUint32(at, true)),
    int32: () => number(4, (bytes, at) => bytes.getInt32(at, true)),
    float32: () => number(4, (bytes, at) => bytes.getFloat32(at, true)),
    float64: () => number(8, (bytes, at) => bytes.getFloat64(at, true)),
    uint64: (what) => number(8, (bytes, at) => counted(bytes.getBigUint64(at, true), what)),
    int64: (what) => number(8, (bytes, at) => counted(bytes.getBigInt64(at, true), what)),
    text(length, what) {
      const at = take(length);
      try {
        return decoder.decode(window.subarray(at, at + length));
      } catch {
        throw new GgufError(`${what} is not UTF-8`);
      }
    },
  };
}
