import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { StackError } from "../stack-error.ts";
import { type Account, firstClosedFolder } from "./account.ts";

/** In the data folder: where its database lies, should that be elsewhere. */
const pointerName = "postgres-is-in";
/** Of the folder that a database outside its data folder has to itself. */
const homePrefix = "data-";
/** Folders that every user may reach, the usual place for a service's data first. */
const openParents = ["/var/lib/touchstone", "/var/tmp/touchstone"];

/**
 * The folder for the database's files and, where needed, a copy of its programs: the data folder itself, or a folder
 * that `account` may enter where the data folder lies below one that it may not (such as root's home). The data folder
 * remembers which, so the next start finds the same database, wherever the data folder has been moved to.
 *
 * @throws StackError where a database already lies out of Postgres's reach, or no other folder can be had
 */
export function postgresHome(
  dataDir: string,
  account: Account | undefined,
  log: (line: string) => void,
  parents: readonly string[] = openParents,
): string {
  const pointer = join(dataDir, pointerName);
  if (existsSync(pointer)) return rememberedHome(pointer);
  const closed = account && firstClosedFolder(dataDir, account);
  if (account === undefined || closed === undefined) return dataDir;
  if (existsSync(join(dataDir, "postgres"))) {
    throw new StackError(
      `The database lies in ${join(dataDir, "postgres")}, and the user \`postgres\`, as whom Postgres runs because this is root, may not enter ${closed}. Let it pass (chmod o+x ${closed}), or move the data folder and name it with TOUCHSTONE_DATA_DIR.`,
    );
  }
  const home = makeOpenFolder(account, closed, parents);
  // Written before the database is made: a kill in between leaves an empty folder behind, never a database without a way to it.
  writeFileSync(pointer, `${home}\n`, { mode: 0o600 });
  log(
    `Postgres runs as the user \`postgres\`, who may not enter ${closed}: the database lies in ${home} instead (${pointer} remembers it).`,
  );
  return home;
}

/** Where the database of a data folder lies that has one. */
export function databaseHome(dataDir: string): string {
  const pointer = join(dataDir, pointerName);
  return existsSync(pointer) ? rememberedHome(pointer) : dataDir;
}

/** Deletes the folder of a database that lies outside its data folder, where there is one. */
export function removeDatabaseHome(dataDir: string): void {
  const pointer = join(dataDir, pointerName);
  const home = existsSync(pointer) ? readFileSync(pointer, "utf8").trim() : "";
  // Only one that was made for a single data folder, whatever somebody wrote into the pointer.
  if (basename(home).startsWith(homePrefix)) rmSync(home, { recursive: true, force: true });
}

function rememberedHome(pointer: string): string {
  const home = readFileSync(pointer, "utf8").trim();
  if (existsSync(home)) return home;
  throw new StackError(
    `The database of this data folder lay in ${home}, and that folder is gone. Put it back, or delete ${pointer} to begin with an empty database.`,
  );
}

/** A fresh folder with an unguessed name: an older database of a deleted data folder is never taken for this one's. */
function makeOpenFolder(account: Account, closed: string, parents: readonly string[]): string {
  for (const parent of parents) {
    try {
      // Not recursive: Node's own recursion never ends where a parent can't hold folders, as in /proc.
      if (!existsSync(parent)) mkdirSync(parent, { mode: 0o711 });
      const home = join(parent, `${homePrefix}${crypto.randomUUID()}`);
      mkdirSync(home, { mode: 0o711 });
      chmodSync(home, 0o711);
      if (firstClosedFolder(home, account) === undefined) return home;
    } catch {
      // Read-only or not ours to write in: the next may do.
    }
  }
  throw new StackError(
    `Postgres runs as the user \`postgres\`, because this is root, and that user may enter neither ${closed} nor ${parents.join(" nor ")}. Set TOUCHSTONE_DATA_DIR to a folder that every user may reach, or run as another user.`,
  );
}
