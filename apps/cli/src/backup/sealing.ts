import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { UsageError } from "../rlhf/usage-error.ts";

// A file that a passphrase seals: a header, then chunks of AES-256-GCM whose nonce counts them and says which is the
// last (STREAM of Hoang, Reyhanitabar, Rogaway and Vizár, 2015, section 7), so that a chunk that is changed, moved,
// left out or cut off is noticed. The header is part of what every chunk authenticates.

export const sealedMagic = Buffer.from("touchstone-sealed-1\n");
const saltBytes = 16;
const prefixBytes = 7;
const headerBytes = sealedMagic.length + 1 + saltBytes + prefixBytes;
/** Plain bytes of a chunk; every one but the last is full. */
const chunkBytes = 64 * 1024;
const tagBytes = 16;
/** Cost of scrypt as a power of two: 128 MiB and about half a second at 8 blocks. */
const usualCost = 17;
/** A file may not ask for more than 1 GiB. */
const greatestCost = 20;

/** @returns the sealed form of what is read, in pieces. */
export async function* seal(
  plain: AsyncIterable<Buffer>,
  passphrase: string,
  cost = usualCost,
): AsyncGenerator<Buffer> {
  const header = Buffer.concat([sealedMagic, Buffer.of(cost), randomBytes(saltBytes), randomBytes(prefixBytes)]);
  const key = await keyOf(header, passphrase);
  yield header;
  let index = 0;
  for await (const { chunk, last } of chunksOf(plain, chunkBytes)) {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(header, index, last)).setAAD(header);
    yield Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
    index += 1;
  }
}

/**
 * @param sealed from its first byte
 * @throws UsageError for another passphrase, and where the file was changed, damaged or cut off
 */
export async function* unseal(sealed: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  let header: Buffer | undefined;
  let key: Buffer | undefined;
  let index = 0;
  for await (const { chunk, last } of chunksOf(sealed, chunkBytes + tagBytes, headerBytes)) {
    if (header === undefined || key === undefined) {
      header = chunk;
      key = await keyOf(header, passphrase);
      if (last) throw new UsageError("The file is cut off after its first bytes. Take another copy of it.");
      continue;
    }
    yield open(chunk, key, header, index, last);
    index += 1;
  }
}

function open(chunk: Buffer, key: Buffer, header: Buffer, index: number, last: boolean): Buffer {
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(header, index, last)).setAAD(header);
    decipher.setAuthTag(chunk.subarray(-tagBytes));
    return Buffer.concat([decipher.update(chunk.subarray(0, -tagBytes)), decipher.final()]);
  } catch {
    const where = `at byte ${headerBytes + index * (chunkBytes + tagBytes)}`;
    throw new UsageError(
      index === 0
        ? "The key doesn't fit this file, or its first part was changed or cut off. Give the key that the backup was made with, or take another copy of it."
        : `The file was changed, damaged or cut off ${where}. Take another copy of it.`,
    );
  }
}

function nonceOf(header: Buffer, index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  header.copy(nonce, 0, headerBytes - prefixBytes);
  nonce.writeUInt32BE(index, prefixBytes);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

async function keyOf(header: Buffer, passphrase: string): Promise<Buffer> {
  const power = header[sealedMagic.length] ?? 0;
  if (header.length < headerBytes || power < 1 || power > greatestCost) {
    throw new UsageError("The file's first bytes were changed or are cut off. Take another copy of it.");
  }
  const salt = header.subarray(sealedMagic.length + 1, sealedMagic.length + 1 + saltBytes);
  return derive(passphrase, salt, 32, { N: 2 ** power, r: 8, p: 1, maxmem: 2 * 128 * 8 * 2 ** power });
}

/** Pieces of `size`, the first of `firstSize`; the last one, which may be shorter or empty, says that it is. */
async function* chunksOf(stream: AsyncIterable<Buffer>, size: number, firstSize = size) {
  let waiting: Buffer[] = [];
  let length = 0;
  let wanted = firstSize;
  for await (const piece of stream) {
    waiting.push(piece);
    length += piece.length;
    // More than wanted, not as much: only then is it certain that another follows.
    if (length <= wanted) continue;
    let bytes = Buffer.concat(waiting);
    for (; bytes.length > wanted; wanted = size) {
      yield { chunk: bytes.subarray(0, wanted), last: false };
      bytes = bytes.subarray(wanted);
    }
    waiting = [bytes];
    length = bytes.length;
  }
  yield { chunk: Buffer.concat(waiting), last: true };
}
