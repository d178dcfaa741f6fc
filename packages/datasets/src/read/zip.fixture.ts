import { crc32, deflateRawSync } from "node:zlib";

interface FileToPack {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Not packed. */
  readonly stored?: boolean;
}

/** A zip archive as programs write it, for tests: names are taken as they are. */
export function zipOf(files: readonly FileToPack[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, stored = false } of files) {
    const called = Buffer.from(name);
    const packed = stored ? Buffer.from(bytes) : deflateRawSync(bytes);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(stored ? 0 : 8, 4);
    header.writeUInt32LE(crc32(bytes), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(bytes.length, 18);
    header.writeUInt16LE(called.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), header, called, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), header, rest, called]));
    parts.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, listed, Buffer.from("PK\u0005\u0006"), end]);
}
