import { floatsIn, widen } from "./half-precision.ts";
import { readHeader, SafetensorsError } from "./safetensors-header.ts";

/** A named array of float32, row-major. */
export interface SafeTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/**
 * Reads a safetensors file (format: 8 bytes of header length, JSON header, tensors back to back, all little-endian;
 * github.com/huggingface/safetensors). F32, F16 and BF16 are read, the latter two widened without loss.
 *
 * A file from a stranger is safe to read: nothing is allocated beyond its own size (twice it, for halves), and whatever
 * does not add up is refused.
 *
 * @param inPlace whether float32 values may lie in the file's own memory, which then nobody may change
 * @returns the tensors in the order of their data
 * @throws SafetensorsError that names what is wrong
 */
export function readSafetensors(file: Uint8Array, { inPlace = false } = {}): Map<string, SafeTensor> {
  const { entries, dataStart } = readHeader(file);
  return new Map(
    entries.map(({ name, dtype, shape, begin, end }) => {
      const bytes = file.subarray(dataStart + begin, dataStart + end);
      const shared = inPlace && dtype === "F32" ? floatsIn(bytes) : undefined;
      return [name, { shape, values: shared ?? widen(bytes, dtype) }];
    }),
  );
}

/**
 * Writes float32 tensors in the given order; equal input gives equal bytes, so a file's hash names its weights.
 *
 * @param metadata strings for the header; Hugging Face's transformers wants the format named
 * @throws SafetensorsError when a shape does not fit its values or a name is reserved
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, SafeTensor>,
  metadata: Readonly<Record<string, string>> = { format: "pt" },
): Uint8Array {
  // A Map, since a plain object would move names that look like numbers to the front.
  const header: string[] = [];
  if (Object.keys(metadata).length > 0) header.push(`"__metadata__":${JSON.stringify(metadata)}`);
  let offset = 0;
  for (const [name, { shape, values }] of tensors) {
    if (name === "__metadata__") throw new SafetensorsError(`${name} is no name for a tensor`);
    if (shape.reduce((size, extent) => size * extent, 1) !== values.length) {
      throw new SafetensorsError(`${name}: ${values.length} values do not fill shape [${shape}]`);
    }
    const end = offset + 4 * values.length;
    header.push(`${JSON.stringify(name)}:${JSON.stringify({ dtype: "F32", shape, data_offsets: [offset, end] })}`);
    offset = end;
  }
  // Spaces at the end of the header align the data to 8 bytes, as the format's own writer does.
  const json = new TextEncoder().encode(`{${header.join(",")}}`);
  const headerLength = Math.ceil(json.length / 8) * 8;
  const file = new Uint8Array(8 + headerLength + offset);
  const view = new DataView(file.buffer);
  view.setBigUint64(0, BigInt(headerLength), true);
  file.set(json, 8);
  file.fill(0x20, 8 + json.length, 8 + headerLength);
  let at = 8 + headerLength;
  for (const { values } of tensors.values()) {
    for (let index = 0; index < values.length; index++, at += 4) view.setFloat32(at, values[index] ?? 0, true);
  }
  return file;
}
