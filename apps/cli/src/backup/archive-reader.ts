import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { Duplex, PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { UsageError } from "../rlhf/usage-error.ts";
import { passphraseVariable } from "./passphrase.ts";
import { sealedMagic, unseal } from "./sealing.ts";

export interface ArchiveEntry {
  name: string;
  /** To be read to its end before the next entry is asked for. */
  content: AsyncIterable<Buffer>;
}

/**
 * Reads an archive from its first entry to its last, holding a few pieces of it in memory.
 *
 * @param read takes the entries, all of them
 * @throws UsageError where the file is no backup, wants a key or another key, was changed, damaged or cut off
 */
export async function readArchive(
  path: string,
  passphrase: string | undefined,
  signal: AbortSignal,
  read: (entries: AsyncIterable<ArchiveEntry>) => Promise<void>,
): Promise<void> {
  const sealed = await isSealed(path);
  if (sealed && passphrase === undefined) {
    throw new UsageError(`${path} is encrypted. Give its key with ${passphraseVariable} or --key-file.`);
  }
  if (!sealed && passphrase !== undefined) {
    throw new UsageError(
      `${path} isn't encrypted, though a key is given: it may have been put in the place of one that was. Leave the key out to restore it all the same.`,
    );
  }
  const unsealing = passphrase === undefined ? new PassThrough() : Duplex.from((bytes) => unseal(bytes, passphrase));
  const tar = extract();
  const flow = pipeline(createReadStream(path), unsealing, createGunzip(), tar, { signal }).catch(tellDamage);
  const reading = read(entriesOf(tar)).catch((error: Error) => {
    tar.destroy(error);
    throw error;
  });
  const [flowed, done] = await Promise.allSettled([flow, reading]);
  // Where the bytes give out, reading fails too, and knows less of it; what reading found wrong ends the flow of bytes.
  if (flowed.status === "rejected" && flowed.reason instanceof UsageError) throw flowed.reason;
  if (done.status === "rejected") throw done.reason;
  if (flowed.status === "rejected") throw flowed.reason;
}

async function* entriesOf(tar: ReturnType<typeof extract>): AsyncGenerator<ArchiveEntry> {
  for await (const entry of tar) {
    yield { name: entry.header.name, content: entry };
    entry.resume();
  }
}

async function isSealed(path: string): Promise<boolean> {
  const file = await open(path).catch((error: Error) => {
    throw new UsageError(`${path} can't be read: ${error.message}.`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sealedMagic.length), 0, sealedMagic.length, 0);
    if (bytesRead === sealedMagic.length && buffer.equals(sealedMagic)) return true;
    if (buffer[0] === 0x1f && buffer[1] === 0x8b) return false;
    throw new UsageError(`${path} is no backup of Touchstone: it begins neither as an encrypted one nor as gzip.`);
  } finally {
    await file.close();
  }
}

/** What zlib and the reader of tar say of a file that isn't whole. */
function tellDamage(error: Error & { code?: string }): never {
  const damaged = error.code?.startsWith("Z_") || /end of data|header checksum|Invalid tar/i.test(error.message);
  if (damaged) throw new UsageError("The file is damaged or cut off. Take another copy of it.");
  throw error;
}
