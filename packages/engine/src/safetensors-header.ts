import { bytesOf, type FloatType } from "./half-precision.ts";

/** Which cure helps: to fetch the file again, whole; to write its tensors as another type; or to look for another file. */
export type SafetensorsFault =
  | { readonly kind: "cutOff" | "damaged" }
  | { readonly kind: "type"; readonly tensor: string; readonly type: string };

/** The file is no safetensors file, or one of a kind that is not supported; the message says which. */
export class SafetensorsError extends Error {
  override readonly name = "SafetensorsError";
  readonly fault: SafetensorsFault;

  constructor(message: string, fault: SafetensorsFault = { kind: "damaged" }) {
    super(message);
    this.fault = fault;
  }
}

const cutOff = { kind: "cutOff" } as const;

export interface HeaderEntry {
  readonly name: string;
  readonly dtype: FloatType;
  readonly shape: readonly number[];
  /** Bytes from the start of the data. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data; JSON would put names that look like numbers first. */
  readonly entries: readonly HeaderEntry[];
  readonly dataStart: number;
}

/** The limit of the format's own reader: 100 MB of JSON can't be a header in good faith. */
const longestHeader = 100_000_000;

/** Parses and checks the header. @throws SafetensorsError */
export function readHeader(file: Uint8Array): Header {
  const json = headerText(file);
  const dataStart = 8 + json.length;
  const entries: HeaderEntry[] = [];
  for (const [name, value] of Object.entries(parseObject(json))) {
    if (name === "__metadata__") checkMetadata(value);
    else entries.push(readEntry(name, value));
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  refuseGaps(entries, file.length - dataStart);
  return { entries, dataStart };
}

function headerText(file: Uint8Array): Uint8Array {
  if (file.length < 8)
    throw new SafetensorsError("the file is shorter than the 8 bytes of its header's length", cutOff);
  const length = new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(longestHeader)) throw new SafetensorsError(`a header of ${length} bytes is too long`);
  if (length > BigInt(file.length - 8)) {
    throw new SafetensorsError(`the header says ${length} bytes, the file has ${file.length - 8}`, cutOff);
  }
  return file.subarray(8, 8 + Number(length));
}

function parseObject(json: Uint8Array): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch {
    throw new SafetensorsError("the header is not JSON in UTF-8");
  }
  if (!isObject(parsed)) throw new SafetensorsError("the header is not a JSON object");
  return parsed;
}

function checkMetadata(value: unknown): void {
  if (!isObject(value)) throw new SafetensorsError("__metadata__ is not an object");
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== "string") throw new SafetensorsError(`__metadata__.${key} is not a string`);
  }
}

function readEntry(name: string, value: unknown): HeaderEntry {
  if (!isObject(value)) throw new SafetensorsError(`${name}: its entry is not an object`);
  const dtype = "dtype" in value ? value.dtype : undefined;
  if (!isFloatType(dtype)) {
    const type = JSON.stringify(dtype) ?? "none";
    throw new SafetensorsError(`${name}: type ${type} is not F32, F16 or BF16`, { kind: "type", tensor: name, type });
  }
  const shape = "shape" in value ? value.shape : undefined;
  if (!isSizes(shape)) throw new SafetensorsError(`${name}: its shape is not a list of whole numbers`);
  const offsets = "data_offsets" in value ? value.data_offsets : undefined;
  if (!isSizes(offsets) || offsets.length !== 2)
    throw new SafetensorsError(`${name}: data_offsets is not [begin, end]`);
  const [begin = 0, end = 0] = offsets;
  const bytes = shape.reduce((size, extent) => size * extent, bytesOf[dtype]);
  if (bytes !== end - begin) {
    throw new SafetensorsError(`${name}: ${dtype} of shape [${shape}] takes ${bytes} bytes, not ${end - begin}`);
  }
  return { name, dtype, shape, begin, end };
}

/** The data must be covered exactly once: no overlap, no hole, nothing left over in which something could hide. */
function refuseGaps(entries: readonly HeaderEntry[], dataLength: number): void {
  let covered = 0;
  for (const { name, begin, end } of entries) {
    if (begin < covered) throw new SafetensorsError(`${name} overlaps the tensor before it`);
    if (begin > covered) throw new SafetensorsError(`${begin - covered} bytes before ${name} belong to no tensor`);
    if (end > dataLength) throw new SafetensorsError(`${name} ends at byte ${end} of ${dataLength}`, cutOff);
    covered = end;
  }
  if (covered !== dataLength)
    throw new SafetensorsError(`${dataLength - covered} bytes at the end belong to no tensor`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFloatType(value: unknown): value is FloatType {
  return typeof value === "string" && Object.hasOwn(bytesOf, value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
