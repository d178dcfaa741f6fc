import { constants, type Stats } from "node:fs";
import { type FileHandle, open, readdir, realpath, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { type FolderView, refused } from "@touchstone/contracts";

/** As many as a page lists, and as many names as one look takes in, however large the folder is. */
const mostListed = 500;
const mostSeen = 20_000;
const deepest = 8;

/** A folder of this machine that whoever runs the installation has named; nothing outside of it is read. */
export class ImportFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = resolve(root);
  }

  /** Its files by their paths. Links that lead out of it are left out. @throws DomainError conflict where it is not there. */
  async list(): Promise<FolderView> {
    const root = await this.#real();
    const found: { path: string; stats: Stats }[] = [];
    let seen = 0;
    let cut = false;
    const look = async (folder: string, depth: number): Promise<void> => {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      entries.sort((a, b) => (a.name < b.name ? -1 : 1));
      for (const entry of entries) {
        seen += 1;
        if (seen > mostSeen) {
          cut = true;
          return;
        }
        if (entry.name.startsWith(".")) continue;
        const path = join(folder, entry.name);
        // A folder behind a link may lead round in a circle.
        if (entry.isDirectory()) {
          if (depth < deepest) await look(path, depth + 1);
          else cut = true;
          continue;
        }
        const target = await realpath(path).catch(() => null);
        if (target === null || !isInside(root, target)) continue;
        const stats = await stat(target).catch(() => null);
        if (stats?.isFile()) found.push({ path: relative(root, path).split(sep).join("/"), stats });
      }
    };
    await look(root, 1);
    const items = found.slice(0, mostListed).map(({ path, stats }) => ({
      path,
      bytes: stats.size,
      changedAt: stats.mtime.toISOString(),
    }));
    return { items, more: found.length - items.length, cut };
  }

  /**
   * Opens a file of the folder, for as long as the work takes.
   *
   * @throws DomainError not_found; invalid_value for what leads out of the folder, whether by its path or by a link.
   */
  async with<T>(path: string, work: (file: FolderFileOpen) => Promise<T>): Promise<T> {
    const file = await this.#open(path);
    try {
      return await work({
        descriptor: file.fd,
        stamp: await stampOf(file),
        bytes: (await file.stat()).size,
        now: () => stampOf(file),
      });
    } finally {
      await file.close();
    }
  }

  async #open(path: string): Promise<FileHandle> {
    const root = await this.#real();
    const wanted = resolve(root, path);
    if (path.includes("\0") || !isInside(root, wanted)) throw refused("folderOutside", { name: path });
    const target = await realpath(wanted).catch(() => null);
    if (target === null) throw refused("folderNoFile", { name: path });
    if (!isInside(root, target)) throw refused("folderOutside", { name: path });
    const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const file = await open(target, flags).catch(() => null);
    if (file === null) throw refused("folderNoFile", { name: path });
    // A pipe or a device has no end, and neither size nor date of it mean anything.
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw refused("folderNoFile", { name: path });
  }

  async #real(): Promise<string> {
    const root = await realpath(this.#root).catch(() => null);
    if (root === null || !(await stat(root).catch(() => null))?.isDirectory()) throw refused("folderAway");
    return root;
  }
}

/** @throws DomainError conflict where none is named. */
export function theFolder(named: ImportFolder | undefined): ImportFolder {
  if (named === undefined) throw refused("folderUnset", { name: "TOUCHSTONE_IMPORT_FOLDER" });
  return named;
}

/** A file of the folder while it is open. */
export interface FolderFileOpen {
  readonly descriptor: number;
  /** What it looked like when it was opened. */
  readonly stamp: string;
  readonly bytes: number;
  /** What it looks like now. */
  now(): Promise<string>;
}

/** What changes with a file: which it is, its size, and to the nanosecond when it was written. */
async function stampOf(file: FileHandle): Promise<string> {
  const { dev, ino, size, mtimeNs, ctimeNs } = await file.stat({ bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(":");
}

function isInside(root: string, path: string): boolean {
  return path.startsWith(root.endsWith(sep) ? root : root + sep);
}
