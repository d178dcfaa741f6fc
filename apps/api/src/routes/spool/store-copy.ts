import { createReadStream } from "node:fs";
import { refused } from "@touchstone/contracts";
import { type SpooledFile, type SpoolLimits, type SpoolStores, SpoolTurn } from "@touchstone/persistence";
import { appendBody } from "./append.ts";
import type { ImportFolder } from "./folder.ts";

/** Bytes of one reading. */
const chunkBytes = 2 ** 20;

interface Copied {
  readonly file: SpooledFile;
  readonly folder: ImportFolder;
  readonly path: string;
  /** What it looked like when it was chosen. */
  readonly stamp: string;
  readonly limits: SpoolLimits;
}

/** Copies files one after another: they come from one disk, and each keeps a piece in memory. */
export class CopyQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** @throws DomainError conflict for a file that has changed since it was chosen, and as `ImportFolder.with` */
  store(stores: SpoolStores, copied: Copied, signal: AbortSignal): Promise<void> {
    const mine = this.#last.then(() => storeCopy(stores, copied, signal));
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

async function storeCopy(stores: SpoolStores, copied: Copied, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { file, folder, path, stamp, limits } = copied;
  await folder.with(path, async ({ descriptor, bytes, now }) => {
    const assertSame = async () => {
      if ((await now()) !== stamp) throw refused("folderFileChanged", { name: path });
    };
    await assertSame();
    const turn = await SpoolTurn.take(stores, file, 0, limits);
    if (!turn) throw refused("spooledStopped");
    const options = { fd: descriptor, autoClose: false, start: 0, highWaterMark: chunkBytes, signal };
    await appendBody(turn, createReadStream("", options), { room: bytes, limit: bytes, checksum: null });
    await assertSame();
  });
}
