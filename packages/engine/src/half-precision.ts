/** Types of value that can be widened to float32, with their bytes a value. */
export const bytesOf = { F32: 4, F16: 2, BF16: 2 } as const;
export type FloatType = keyof typeof bytesOf;

/** Little-endian bytes as float32 values; halves keep their exact value. */
export function widen(bytes: Uint8Array, type: FloatType): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(bytes.byteLength / bytesOf[type]);
  if (type === "F32") {
    for (let index = 0; index < values.length; index++) values[index] = view.getFloat32(4 * index, true);
    return values;
  }
  const bits = new Uint32Array(values.buffer);
  const convert = type === "BF16" ? fromBfloat16 : fromFloat16;
  for (let index = 0; index < values.length; index++) bits[index] = convert(view.getUint16(2 * index, true));
  return values;
}

/** bfloat16 is the upper half of a float32. */
function fromBfloat16(half: number): number {
  return half << 16;
}

/** Whether this machine has a number's bytes in the order in which files have them. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * Little-endian bytes as float32 values that lie in the same memory, where they can: what changes one changes the other. For
 * readers that only read, and of whom there is to be no second copy.
 */
export function floatsIn(bytes: Uint8Array): Float32Array | undefined {
  if (!isLittleEndian || bytes.byteOffset % 4 !== 0) return undefined;
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** IEEE 754 binary16 (1 sign, 5 exponent, 10 fraction bits) as the bits of a binary32 (1, 8, 23). */
export function fromFloat16(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13); // infinity or NaN
  if (exponent > 0) return sign | ((exponent + 127 - 15) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  // Subnormal: fraction · 2⁻²⁴ is a normal number in float32. Move its highest bit to the implicit place.
  const shift = Math.clz32(fraction) - 21;
  return sign | ((127 - 14 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13);
}
