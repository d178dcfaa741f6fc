import { crc32, deflateSync } from "node:zlib";

/** A picture or a sound of an example: made here, so that it is nobody's, and the same each time. */
export interface ExampleFile {
  readonly name: string;
  /** What it shows, for who cannot see it. */
  readonly alt?: string;
  readonly bytes: () => Uint8Array;
}

type Colour = readonly [red: number, green: number, blue: number];
interface Shape {
  readonly kind: "circle" | "square" | "triangle";
  readonly colour: Colour;
  /** The middle, in pixels of a picture of 320 × 200. */
  readonly x: number;
  readonly y: number;
}

const size = { width: 320, height: 200, radius: 42 };
const paper: Colour = [247, 244, 236];

function covers({ kind, x, y }: Shape, column: number, row: number): boolean {
  const [across, down] = [column - x, row - y];
  const { radius } = size;
  if (kind === "circle") return across ** 2 + down ** 2 <= radius ** 2;
  if (kind === "square") return Math.max(Math.abs(across), Math.abs(down)) <= radius * 0.9;
  return down <= radius * 0.8 && down >= 1.8 * Math.abs(across) - radius;
}

/** A PNG of 8-bit RGB, one filter byte of 0 before each row (RFC 2083). */
export function picture(shapes: readonly Shape[]): Uint8Array {
  const { width, height } = size;
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const colour = shapes.find((shape) => covers(shape, column, row))?.colour ?? paper;
      rows.set(colour, row * (1 + width * 3) + 1 + column * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

const samplesPerSecond = 16_000;
const toneSeconds = 0.6;

/**
 * Tones one after the other as a WAV of 16-bit samples.
 *
 * @param hertz of each tone.
 * @param hiss from 0 to 1: how much noise lies over them.
 */
export function tones(hertz: readonly number[], hiss = 0): Uint8Array {
  const perTone = Math.round(toneSeconds * samplesPerSecond);
  const count = perTone * hertz.length;
  const data = Buffer.alloc(count * 2);
  let noise = 1;
  for (const [index, pitch] of hertz.entries()) {
    for (let sample = 0; sample < perTone; sample++) {
      // Swells and fades, so that nothing clicks.
      const swell = Math.sin((Math.PI * sample) / perTone);
      // A linear congruential generator (Numerical Recipes): the same hiss each time.
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      const tone = Math.sin((2 * Math.PI * pitch * sample) / samplesPerSecond) * swell * 0.5;
      const value = tone * (1 - hiss) + (noise / 2 ** 31 - 1) * hiss * 0.3;
      data.writeInt16LE(Math.round(value * 32_000), (index * perTone + sample) * 2);
    }
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(samplesPerSecond, 24);
  head.writeUInt32LE(samplesPerSecond * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
