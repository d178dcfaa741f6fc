/** Bytes that are read in pieces, so that a file of gigabytes need not be in memory. */
export interface ByteSource {
  readonly size: number;
  /** Exactly `length` bytes from `offset`, both within the size. */
  read(offset: number, length: number): Uint8Array;
}

/** Bytes that are in memory already. */
export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) };
}
