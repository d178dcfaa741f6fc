import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lookAtMedia } from "./look-at.ts";

const text = (words: string) => Buffer.from(words, "latin1");
const u32 = (value: number) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value].map((byte) => byte & 255));
const u32le = (value: number) => u32(value).reverse();
const box = (name: string, ...inside: Buffer[]) => {
  const content = Buffer.concat(inside);
  return Buffer.concat([u32(content.length + 8), text(name), content]);
};

/** MPEG-1 layer III at 128 kbit/s and 44.1 kHz: a frame has 417 bytes (144 · 128,000 / 44,100). */
const mp3Frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);
/** MPEG-2 layer III at 64 kbit/s and 22.05 kHz: 208 bytes (72 · 64,000 / 22,050). */
const mp3FrameOfTwo = Buffer.concat([Buffer.from([0xff, 0xf3, 0x80, 0x00]), Buffer.alloc(204)]);
/** ID3v2 of 20 bytes behind its head of ten. */
const id3 = Buffer.concat([text("ID3\x04\x00\x00\x00\x00\x00\x14"), Buffer.alloc(20)]);

/** STREAMINFO of 88,200 samples at 44.1 kHz, two channels of 16 bits, and the beginning of a frame. */
function flac(): Buffer {
  const info = Buffer.alloc(34);
  info.writeUInt32BE(((44_100 << 12) | (1 << 9) | (15 << 4)) >>> 0, 10);
  info.writeUInt32BE(88_200, 14);
  const comment = Buffer.concat([Buffer.from([0x84, 0, 0, 4]), Buffer.alloc(4)]);
  return Buffer.concat([
    text("fLaC"),
    Buffer.from([0, 0, 0, 34]),
    info,
    comment,
    Buffer.from([0xff, 0xf8, 0x69, 0x18]),
  ]);
}

function oggPage(granule: number, packet: Buffer): Buffer {
  const head = Buffer.concat([text("OggS\x00\x02"), u32le(granule), u32le(0), Buffer.alloc(12)]);
  return Buffer.concat([head, Buffer.from([1, packet.length]), packet]);
}
const opus = () => Buffer.concat([oggPage(0, text("OpusHead\x01\x02")), oggPage(96_000, Buffer.alloc(40))]);

const movieHead = box("mvhd", u32(0), u32(0), u32(0), u32(1_000), u32(2_500), Buffer.alloc(8));
const m4a = (handler = "soun") =>
  Buffer.concat([
    box("ftyp", text("M4A \x00\x00\x00\x00")),
    box("moov", movieHead, box("trak", box("hdlr", u32(0), u32(0), text(handler)))),
    box("mdat", Buffer.alloc(64)),
  ]);

const looked = {
  "mpeg-1.mp3": [
    Buffer.concat([id3, mp3Frame, mp3Frame, mp3Frame]),
    { type: "audio/mpeg", seconds: (3 * 417) / 16_000 },
  ],
  "mpeg-2.mp3": [Buffer.concat([mp3FrameOfTwo, mp3FrameOfTwo]), { type: "audio/mpeg", seconds: (2 * 208) / 8_000 }],
  "two.flac": [flac(), { type: "audio/flac", seconds: 2 }],
  "two.opus": [opus(), { type: "audio/ogg", seconds: 2 }],
  "two.m4a": [m4a(), { type: "audio/mp4", seconds: 2.5 }],
} as const;

describe("a sound by its bytes", () => {
  it.each(Object.entries(looked))("%s is told with its length", (name, [bytes, look]) => {
    const found = lookAtMedia(bytes, name);
    expect(found).toMatchObject({ type: look.type });
    expect("seconds" in found ? found.seconds : undefined).toBeCloseTo(look.seconds, 5);
  });

  it.each([
    ["a film", m4a("vide"), "audio/mp4"],
    ["an Ogg of moving pictures", oggPage(0, text("\x80theora")), "audio/ogg"],
    ["one frame of MP3 and nothing like it after", Buffer.concat([mp3Frame, Buffer.alloc(500)]), "audio/mpeg"],
    ["frames of two rates", Buffer.concat([mp3Frame, mp3FrameOfTwo]), "audio/mpeg"],
    ["a FLAC without a frame", flac().subarray(0, -4), "audio/flac"],
    ["an Ogg whose last page was cut off", opus().subarray(0, -5), "audio/ogg"],
    ["an M4A whose sound was cut off", m4a().subarray(0, -5), "audio/mp4"],
  ])("%s is none", (_, bytes, found) => {
    expect(lookAtMedia(bytes, "a")).toMatchObject({ reason: "mediaBroken", values: { found } });
  });
});

describe("whatever bytes come", () => {
  const beginnings = [
    "\x89PNG\r\n\x1a\n",
    "\xff\xd8\xff",
    "GIF89a",
    "RIFF\x10\x00\x00\x00WEBP",
    "RIFF\x10\x00\x00\x00WAVE",
  ]
    .concat(["OggS", "fLaC", "ID3", "\x00\x00\x00\x10ftypavif", "\x00\x00\x00\x10ftypM4A ", "\xff\xfb", ""])
    .map(text);

  it("an answer comes, in time that grows as they do, and never an error", () => {
    const bytes = fc.tuple(fc.constantFrom(...beginnings), fc.uint8Array({ maxLength: 300 }));
    fc.assert(
      fc.property(bytes, ([start, rest]) => {
        const look = lookAtMedia(Buffer.concat([start, rest]), "file");
        expect("reason" in look || look.type.length > 0).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
