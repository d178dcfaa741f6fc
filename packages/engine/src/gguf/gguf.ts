import type { SafeTensor } from "../safetensors.ts";
import type { ByteSource } from "./byte-source.ts";
import { type Cursor, openCursor } from "./cursor.ts";
import { dequantise } from "./dequantise.ts";
import { GgufError } from "./gguf-error.ts";
import { type GgufValue, readMetadata, readText } from "./metadata.ts";
import { nameOfType, type TensorType, tensorType } from "./tensor-types.ts";

export interface GgufTensor {
  /** Row-major, the slowest extent first: the other way round than in the file. */
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** Bytes from the start of the file. */
  readonly offset: number;
  readonly bytes: number;
}

/** A GGUF file whose header has been read and checked; its tensors are read when they are asked for. */
export interface Gguf {
  readonly version: number;
  readonly metadata: ReadonlyMap<string, GgufValue>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
  /** The values of a tensor, dequantised. @throws RangeError if there is none of that name */
  read(name: string): SafeTensor;
}

/** "GGUF" in little-endian. */
const magic = 0x46554747;
/** Tensors: the largest models in use have some thousand. */
const mostTensors = 65_536;
/** Values of one tensor: more fill no array. */
const mostValues = 2 ** 31;
/** Bytes that are dequantised at a time. */
const piece = 2 ** 22;

/**
 * Opens a GGUF file (github.com/ggml-org/ggml/blob/master/docs/gguf.md), version 2 or 3, little-endian.
 *
 * A file from a stranger is safe to open: what its header claims is held against the file's size before anything is allocated
 * for it, and whatever does not add up is refused.
 *
 * @throws GgufError that names what is wrong
 */
export function openGguf(source: ByteSource): Gguf {
  const cursor = openCursor(source);
  if (source.size < 4 || cursor.uint32() !== magic) throw new GgufError("it does not begin with GGUF");
  const version = cursor.uint32();
  if (version !== 2 && version !== 3) {
    const why = version & 0xffff ? "and versions 2 and 3 are read" : "so its bytes are in the other order (big-endian)";
    throw new GgufError(`it says version ${version}, ${why}`, { kind: "version", version });
  }
  const tensorCount = cursor.uint64("the number of tensors");
  const keys = cursor.uint64("the number of keys");
  if (tensorCount > mostTensors) throw new GgufError(`${tensorCount} tensors are too many`);
  const metadata = readMetadata(cursor, keys);
  const tensors = readTensorInfos(cursor, tensorCount, alignmentOf(metadata), source.size);
  return {
    version,
    metadata,
    tensors,
    read(name) {
      const tensor = tensors.get(name);
      if (tensor === undefined) throw new RangeError(`there is no tensor ${name}`);
      return { shape: tensor.shape, values: readValues(source, tensor) };
    },
  };
}

/** Whole blocks at a time, so that a large tensor is not in memory twice. */
function readValues(source: ByteSource, { shape, type, offset, bytes }: GgufTensor): Float32Array {
  const values = new Float32Array(shape.reduce((size, extent) => size * extent, 1));
  const step = type.bytes * Math.max(1, Math.floor(piece / type.bytes));
  for (let from = 0, at = 0; from < bytes; from += step) {
    const part = dequantise(source.read(offset + from, Math.min(step, bytes - from)), type);
    values.set(part, at);
    at += part.length;
  }
  return values;
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>): number {
  const alignment = metadata.get("general.alignment") ?? 32;
  if (
    typeof alignment !== "number" ||
    alignment < 1 ||
    alignment > 2 ** 20 ||
    !Number.isInteger(Math.log2(alignment))
  ) {
    throw new GgufError(`general.alignment is ${String(alignment)}, which is no power of two`);
  }
  return alignment;
}

interface Placed extends GgufTensor {
  readonly name: string;
}

function readTensorInfos(cursor: Cursor, count: number, alignment: number, size: number): Map<string, GgufTensor> {
  const infos = Array.from({ length: count }, () => readInfo(cursor));
  const start = Math.ceil(cursor.offset / alignment) * alignment;
  const tensors = new Map<string, GgufTensor>();
  for (const { name, ...info } of infos) {
    if (tensors.has(name)) throw new GgufError(`${name} stands twice among its tensors`);
    if (info.offset % alignment !== 0) throw new GgufError(`${name} begins at no multiple of ${alignment} bytes`);
    const offset = start + info.offset;
    if (offset + info.bytes > size) {
      throw new GgufError(`${name} ends at byte ${offset + info.bytes} of ${size}`, { kind: "cutOff" });
    }
    tensors.set(name, { ...info, offset });
  }
  refuseOverlaps(tensors);
  return tensors;
}

/** @returns a tensor whose offset counts from the start of the data */
function readInfo(cursor: Cursor): Placed {
  const name = readText(cursor, "a tensor's name", 256);
  const dimensions = cursor.uint32();
  if (dimensions < 1 || dimensions > 4) throw new GgufError(`${name} has ${dimensions} dimensions`);
  const extents = Array.from({ length: dimensions }, () => cursor.uint64(`the shape of ${name}`));
  const code = cursor.uint32();
  const offset = cursor.uint64(`the place of ${name}`);
  const type = tensorType(code);
  if (type === undefined) {
    const called = nameOfType(code);
    throw new GgufError(`${name} is of type ${called}`, { kind: "type", tensor: name, type: called });
  }
  const [row = 0] = extents;
  const values = extents.reduce((product, extent) => product * extent, 1);
  if (values < 1 || values > mostValues) throw new GgufError(`${name} has the shape [${extents}]`);
  if (row % type.values !== 0) {
    throw new GgufError(`${name}: rows of ${row} do not fill blocks of ${type.values} (${type.name})`);
  }
  return { name, shape: extents.reverse(), type, offset, bytes: (values / type.values) * type.bytes };
}

function refuseOverlaps(tensors: ReadonlyMap<string, GgufTensor>): void {
  const inOrder = [...tensors].sort(([, one], [, other]) => one.offset - other.offset);
  let covered = 0;
  for (const [name, { offset, bytes }] of inOrder) {
    if (offset < covered) throw new GgufError(`${name} overlaps the tensor before it`);
    covered = offset + bytes;
  }
}
