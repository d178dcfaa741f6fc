import type { ByteView } from "./byte-view.ts";

/** Pixels as stored; undefined where a header can't say it in few words. */
export interface ImageSize {
  readonly width?: number;
  readonly height?: number;
}

/**
 * Each walks the parts of a file to its last one: a file that was cut off lacks it, whatever its beginning says. Pixels are
 * not decoded. A number outside of the file throws a RangeError, as `ByteView` does; null where the end is missing.
 */
export type ReadImage = (view: ByteView) => ImageSize | null;

/** PNG (ISO/IEC 15948): signature, IHDR first, IEND last. */
export const readPng: ReadImage = (view) => {
  if (view.text(12, 4) !== "IHDR") return null;
  const size = { width: view.u32(16), height: view.u32(20) };
  for (let at = 8; ; ) {
    const length = view.u32(at);
    const name = view.text(at + 4, 4);
    at += 12 + length;
    if (at > view.length) return null;
    if (name === "IEND") return size;
  }
};

/** GIF89a: blocks, each a chain of parts up to 255 bytes, and the trailer 0x3B. */
export const readGif: ReadImage = (view) => {
  const size = { width: view.u16le(6), height: view.u16le(8) };
  let at = 13 + coloursOf(view.u8(10));
  for (;;) {
    const mark = view.u8(at);
    if (mark === 0x3b) return size;
    if (mark === 0x21) at = afterParts(view, at + 2);
    else if (mark === 0x2c) at = afterParts(view, at + 11 + coloursOf(view.u8(at + 9)));
    else return null;
  }
};

const coloursOf = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));

function afterParts(view: ByteView, at: number): number {
  let next = at;
  for (let length = view.u8(next); length > 0; length = view.u8(next)) next += 1 + length;
  return next + 1;
}

/** JPEG: segments up to the first scan, whose frame says the size; then only whether the end of the image stands there. */
export const readJpeg: ReadImage = (view) => {
  let size: ImageSize | null = null;
  for (let at = 2; ; ) {
    if (view.u8(at) !== 0xff) return null;
    const mark = view.u8(at + 1);
    // Fill bytes may stand before any marker.
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(mark)) size = { height: view.u16(at + 5), width: view.u16(at + 7) };
    if (mark === 0xda) break;
    if (mark === 0xd9) return null;
    at += 2 + view.u16(at + 2);
  }
  // Cameras write more behind it: a preview, a second picture.
  const end = Buffer.from(view.bytes.buffer, view.bytes.byteOffset, view.length).lastIndexOf(Buffer.from([0xff, 0xd9]));
  return end > 0 ? size : null;
};

/** SOF0 … SOF15 without DHT, JPG and DAC, which lie among them. */
const isFrame = (mark: number): boolean => mark >= 0xc0 && mark <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(mark);

/** WebP (RFC 9649): a RIFF whose length says where it ends. */
export const readWebp: ReadImage = (view) => {
  if (view.u32le(4) + 8 > view.length) return null;
  switch (view.text(12, 4)) {
    case "VP8 ":
      return { width: view.u16le(26) & 0x3fff, height: view.u16le(28) & 0x3fff };
    case "VP8L": {
      const bits = view.u32le(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: view.u24le(24) + 1, height: view.u24le(27) + 1 };
    default:
      return null;
  }
};

/** AVIF: boxes to the end of the file; the largest `ispe` is the whole picture, the others are its tiles and its alpha. */
export const readAvif: ReadImage = (view) => {
  if (!boxesReachEnd(view)) return null;
  let size: ImageSize = {};
  for (let at = view.find("ispe"); at >= 0; at = view.find("ispe", at + 4)) {
    const [width, height] = [view.u32(at + 8), view.u32(at + 12)];
    if (width * height > (size.width ?? 0) * (size.height ?? 0)) size = { width, height };
  }
  return size;
};

/** Whether the boxes of an ISO base media file (ISO/IEC 14496-12) end where it does, with what describes it among them. */
export function boxesReachEnd(view: ByteView, needed = "meta"): boolean {
  let found = false;
  let at = 0;
  while (at < view.length) {
    found ||= view.text(at + 4, 4) === needed;
    const length = lengthOfBox(view, at);
    if (length < 8) return false;
    at += length;
  }
  return at === view.length && found;
}

/** 0: to the end of the file. 1: the length has 64 bits, of which the lower 32 are all that we take. */
function lengthOfBox(view: ByteView, at: number): number {
  const short = view.u32(at);
  if (short === 0) return view.length - at;
  return short === 1 ? view.u32(at + 12) : short;
}
