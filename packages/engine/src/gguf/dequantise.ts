import { fromFloat16, widen } from "../half-precision.ts";
import type { TensorType } from "./tensor-types.ts";

/** Writes the values of one block from `at` on. Blocks are those of ggml's `ggml-quants.c`, little-endian. */
type Block = (bytes: Uint8Array, from: number, out: Float32Array, at: number) => void;

/**
 * The values of whole blocks as float32, rounded as ggml rounds them: a product first, then a sum.
 *
 * @param bytes a whole number of blocks of that type
 */
export function dequantise(bytes: Uint8Array, type: TensorType): Float32Array {
  if (type.name === "F32" || type.name === "F16" || type.name === "BF16") return widen(bytes, type.name);
  const block = blocks[type.name];
  const count = bytes.length / type.bytes;
  const out = new Float32Array(count * type.values);
  for (let index = 0; index < count; index++) block(bytes, index * type.bytes, out, index * type.values);
  return out;
}

const converted = new Float32Array(1);
const convertedBits = new Uint32Array(converted.buffer);

function half(bytes: Uint8Array, at: number): number {
  convertedBits[0] = fromFloat16(byte(bytes, at) | (byte(bytes, at + 1) << 8));
  return converted[0] ?? 0;
}

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const signed = (bytes: Uint8Array, at: number): number => (byte(bytes, at) << 24) >> 24;
const low = (value: number): number => value & 15;
const high = (value: number): number => value >> 4;

const blocks: Readonly<Record<Exclude<TensorType["name"], "F32" | "F16" | "BF16">, Block>> = {
  // scale (f16), 32 × int8
  Q8_0(bytes, from, out, at) {
    const scale = half(bytes, from);
    for (let i = 0; i < 32; i++) out[at + i] = scale * signed(bytes, from + 2 + i);
  },
  // scale (f16), 16 bytes: value i in the lower half of byte i, value i + 16 in its upper half; 8 stands for 0
  Q4_0(bytes, from, out, at) {
    const scale = half(bytes, from);
    for (let i = 0; i < 16; i++) {
      const pair = byte(bytes, from + 2 + i);
      out[at + i] = scale * (low(pair) - 8);
      out[at + 16 + i] = scale * (high(pair) - 8);
    }
  },
  // scale, least value (f16 each), 16 bytes as above
  Q4_1(bytes, from, out, at) {
    const [scale, least] = [half(bytes, from), half(bytes, from + 2)];
    for (let i = 0; i < 16; i++) {
      const pair = byte(bytes, from + 4 + i);
      out[at + i] = Math.fround(scale * low(pair)) + least;
      out[at + 16 + i] = Math.fround(scale * high(pair)) + least;
    }
  },
  // scale (f16), fifth bits of all values (u32), 16 bytes as above; 16 stands for 0
  Q5_0(bytes, from, out, at) {
    const scale = half(bytes, from);
    for (let i = 0; i < 16; i++) {
      const pair = byte(bytes, from + 6 + i);
      out[at + i] = scale * ((low(pair) | (fifthBit(bytes, from + 2, i) << 4)) - 16);
      out[at + 16 + i] = scale * ((high(pair) | (fifthBit(bytes, from + 2, i + 16) << 4)) - 16);
    }
  },
  // scale, least value (f16 each), fifth bits (u32), 16 bytes as above
  Q5_1(bytes, from, out, at) {
    const [scale, least] = [half(bytes, from), half(bytes, from + 2)];
    for (let i = 0; i < 16; i++) {
      const pair = byte(bytes, from + 8 + i);
      out[at + i] = Math.fround(scale * (low(pair) | (fifthBit(bytes, from + 4, i) << 4))) + least;
      out[at + 16 + i] = Math.fround(scale * (high(pair) | (fifthBit(bytes, from + 4, i + 16) << 4))) + least;
    }
  },
  // scale of scales, scale of least values (f16 each), 8 × (scale, least value) of 6 bits in 12 bytes, 128 bytes:
  // 64 values in each 32 of them, lower halves first
  Q4_K(bytes, from, out, at) {
    for (let part = 0; part < 8; part++) {
      const { scale, least } = partOfK(bytes, from, part);
      const pairs = from + 16 + 32 * (part >> 1);
      const nibble = part % 2 === 0 ? low : high;
      for (let i = 0; i < 32; i++) {
        out[at + 32 * part + i] = Math.fround(scale * nibble(byte(bytes, pairs + i))) - least;
      }
    }
  },
  // the same with 32 bytes of fifth bits before the 128: bit p of byte i belongs to value i of part p
  Q5_K(bytes, from, out, at) {
    for (let part = 0; part < 8; part++) {
      const { scale, least } = partOfK(bytes, from, part);
      const pairs = from + 48 + 32 * (part >> 1);
      const nibble = part % 2 === 0 ? low : high;
      for (let i = 0; i < 32; i++) {
        const fifth = ((byte(bytes, from + 16 + i) >> part) & 1) << 4;
        out[at + 32 * part + i] = Math.fround(scale * (nibble(byte(bytes, pairs + i)) | fifth)) - least;
      }
    }
  },
  // 128 bytes of lower four bits, 64 of upper two, 16 × int8 scales, scale of scales (f16); 32 stands for 0. Halves of 128
  // values: four parts of 32, whose upper bits stand in the same 32 bytes
  Q6_K(bytes, from, out, at) {
    const whole = half(bytes, from + 208);
    for (let part = 0; part < 8; part++) {
      const [group, quarter] = [part >> 2, part & 3];
      const lower = from + 64 * group + 32 * (quarter & 1);
      const upper = from + 128 + 32 * group;
      const nibble = quarter < 2 ? low : high;
      for (let i = 0; i < 32; i++) {
        const scale = Math.fround(whole * signed(bytes, from + 192 + 2 * part + (i >> 4)));
        const bits = nibble(byte(bytes, lower + i)) | (((byte(bytes, upper + i) >> (2 * quarter)) & 3) << 4);
        out[at + 32 * part + i] = scale * (bits - 32);
      }
    }
  },
};

/** Bit `index` of 32 that stand in four bytes. */
function fifthBit(bytes: Uint8Array, from: number, index: number): number {
  return (byte(bytes, from + (index >> 3)) >> (index & 7)) & 1;
}

/** Scale and least value of part `part` of eight in a block of Q4_K or Q5_K: the last four have their upper bits in the first. */
function partOfK(bytes: Uint8Array, from: number, part: number): { scale: number; least: number } {
  const six = (at: number) => byte(bytes, from + 4 + at) & 63;
  const two = (at: number) => (byte(bytes, from + 4 + at) >> 6) << 4;
  const four = byte(bytes, from + 8 + part);
  const scale = part < 4 ? six(part) : low(four) | two(part - 4);
  const least = part < 4 ? six(part + 4) : high(four) | two(part);
  return { scale: Math.fround(half(bytes, from) * scale), least: Math.fround(half(bytes, from + 2) * least) };
}
