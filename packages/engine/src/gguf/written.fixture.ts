/** A tensor as a test wants it written: its extents the way round that the file has them. */
export interface WrittenTensor {
  readonly name: string;
  readonly extents: readonly (number | bigint)[];
  readonly type: number;
  readonly offset: number | bigint;
}

type Value = number | boolean | string | readonly number[] | readonly string[] | Uint8Array;

export interface WrittenGguf {
  readonly magic?: string;
  readonly version?: number;
  readonly tensorCount?: bigint;
  readonly keyCount?: bigint;
  /** Numbers are written as uint32, lists of them as float32; bytes as they are, their type included. */
  readonly metadata?: readonly (readonly [string, Value])[];
  readonly tensors?: readonly WrittenTensor[];
  readonly data?: Uint8Array;
  readonly alignment?: number;
}

/** A GGUF file, right or wrong as the test says. */
export function writtenGguf(file: WrittenGguf): Uint8Array {
  const { magic = "GGUF", version = 3, metadata = [], tensors = [], data = new Uint8Array(), alignment = 32 } = file;
  const header = Buffer.concat([
    Buffer.from(magic),
    uint32(version),
    uint64(file.tensorCount ?? tensors.length),
    uint64(file.keyCount ?? metadata.length),
    ...metadata.flatMap(([key, value]) => [text(key), written(value)]),
    ...tensors.flatMap(({ name, extents, type, offset }) => [
      text(name),
      uint32(extents.length),
      ...extents.map(uint64),
      uint32(type),
      uint64(offset),
    ]),
  ]);
  const padding = Buffer.alloc(Math.ceil(header.length / alignment) * alignment - header.length);
  return Buffer.concat([header, padding, data]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

export function uint64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function written(value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "number") return Buffer.concat([uint32(4), uint32(value)]);
  if (typeof value === "boolean") return Buffer.concat([uint32(7), Buffer.from([Number(value)])]);
  if (typeof value === "string") return Buffer.concat([uint32(8), text(value)]);
  const isText = value.every((one) => typeof one === "string");
  const parts = value.map((one) => (typeof one === "string" ? text(one) : float32(one)));
  return Buffer.concat([uint32(9), uint32(isText ? 8 : 6), uint64(value.length), ...parts]);
}

function float32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
