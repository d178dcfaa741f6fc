import type { ByteView } from "./byte-view.ts";
import { boxesReachEnd } from "./images.ts";

export interface SoundLength {
  readonly seconds?: number;
}

/** As `ReadImage`: to the last part, without decoding; null where the end is missing or it is no sound. */
export type ReadSound = (view: ByteView) => SoundLength | null;

/** WAV: RIFF with the chunks `fmt ` and `data`. */
export const readWav: ReadSound = (view) => {
  let bytesPerSecond = 0;
  for (let at = 12; at + 8 <= view.length; ) {
    const length = view.u32le(at + 4);
    const name = view.text(at, 4);
    if (name === "fmt ") bytesPerSecond = view.u32le(at + 16);
    if (name === "data") {
      const open = length === 0 || length === 0xff_ff_ff_ff;
      // Whoever writes into a pipe does not know the length yet, and leaves it open.
      const there = view.length - at - 8;
      if (bytesPerSecond === 0 || there === 0 || (!open && length > there)) return null;
      return { seconds: (open ? there : length) / bytesPerSecond };
    }
    at += 8 + length + (length % 2);
  }
  return null;
};

/** FLAC (RFC 9639): STREAMINFO is the first block, and says how many samples there are. */
export const readFlac: ReadSound = (view) => {
  if ((view.u8(4) & 0x7f) !== 0) return null;
  const rate = (view.u32(18) >>> 12) & 0xfffff;
  const samples = (view.u8(21) & 0x0f) * 2 ** 32 + view.u32(22);
  for (let at = 4; ; ) {
    const [head, next] = [view.u32(at), at + 4 + (view.u32(at) & 0xffffff)];
    // Behind the last block of what describes it the frames begin.
    if (head >>> 31 === 1) return isFrameStart(view, next) ? secondsOf(samples, rate) : null;
    at = next;
  }
};

const isFrameStart = (view: ByteView, at: number): boolean => (view.u16(at) & 0xfffc) === 0xfff8;

function secondsOf(samples: number, rate: number): SoundLength {
  return samples > 0 && rate > 0 ? { seconds: samples / rate } : {};
}

/** Ogg (RFC 3533) with Vorbis, Opus or FLAC: pages whose last one must be whole, and says at which sample it ends. */
export const readOgg: ReadSound = (view) => {
  const rate = rateOfOgg(view);
  if (rate === null) return null;
  let samples = 0;
  for (let at = 0; at < view.length; ) {
    if (view.text(at, 4) !== "OggS") return null;
    const [low, high] = [view.u32le(at + 6), view.u32le(at + 10)];
    // All ones: no packet ends on this page.
    if (high !== 0xff_ff_ff_ff) samples = high * 2 ** 32 + low;
    const segments = view.u8(at + 26);
    let length = 27 + segments;
    for (let index = 0; index < segments; index += 1) length += view.u8(at + 27 + index);
    at += length;
    if (at > view.length) return null;
  }
  return secondsOf(samples, rate);
};

/** Samples a second by the first packet, which names the codec; null for pictures that move. */
function rateOfOgg(view: ByteView): number | null {
  const packet = 27 + view.u8(26);
  if (view.text(packet, 7) === "\x01vorbis") return view.u32le(packet + 12);
  // Opus always counts at 48 kHz (RFC 7845).
  if (view.text(packet, 8) === "OpusHead") return 48_000;
  if (view.text(packet, 5) === "\x7fFLAC") return (view.u32(packet + 27) >>> 12) & 0xfffff;
  return null;
}

/** MP3: an ID3v2 tag, which says its length, and frames; two in a row that agree are no accident. */
export const readMp3: ReadSound = (view) => {
  const first = view.text(0, 3) === "ID3" ? 10 + syncSafe(view, 6) : 0;
  const frame = frameAt(view, first);
  const next = frame && frameAt(view, first + frame.bytes);
  if (!frame || !next || frame.rate !== next.rate) return null;
  return { seconds: (view.length - first) / (frame.bitRate * 125) };
};

const syncSafe = (view: ByteView, at: number): number =>
  [0, 1, 2, 3].reduce((sum, index) => sum * 128 + (view.u8(at + index) & 0x7f), 0);

/** kbit/s of layer III, by version 1 and by 2 and 2.5 (ISO/IEC 11172-3, 13818-3); the first is free, the last not allowed. */
const bitRates = {
  one: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0],
  two: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0],
};
const sampleRates = [44_100, 48_000, 32_000, 0];

function frameAt(view: ByteView, at: number): { bytes: number; rate: number; bitRate: number } | null {
  const head = view.u32(at);
  const [version, layer] = [(head >>> 19) & 3, (head >>> 17) & 3];
  if (head >>> 21 !== 0x7ff || version === 1 || layer !== 1) return null;
  const bitRate = bitRates[version === 3 ? "one" : "two"][(head >>> 12) & 15] ?? 0;
  const rate = (sampleRates[(head >>> 10) & 3] ?? 0) / { 0: 4, 2: 2, 3: 1 }[version as 0 | 2 | 3];
  if (bitRate === 0 || rate === 0) return null;
  const padding = (head >>> 9) & 1;
  return { bytes: Math.floor(((version === 3 ? 144_000 : 72_000) * bitRate) / rate) + padding, rate, bitRate };
}

/** MP4 with a track of sound and none of pictures. */
export const readM4a: ReadSound = (view) => {
  const isSound = view.find("soun") >= 0 && view.find("vide") < 0;
  if (!isSound || !boxesReachEnd(view, "moov")) return null;
  const head = view.find("mvhd");
  if (head < 0 || view.u8(head + 4) !== 0) return {};
  return secondsOf(view.u32(head + 20), view.u32(head + 16));
};
