import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { StackError } from "../stack-error.ts";

/** The user that Postgres runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root; there it runs as the system user `postgres`, which is made where it is missing.
 * Undefined where we are not root: Postgres then runs as ourselves.
 */
export function accountForPostgres(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return (
    find() ??
    create() ??
    fail("Postgres does not run as root, and the user `postgres` could not be made. Run as another user.")
  );
}

/**
 * The first folder on the way down to `path` that `account` may not enter, or undefined where the way is free.
 * Reads mode bits only; access lists beyond them show up when Postgres starts.
 */
export function firstClosedFolder(path: string, account: Account): string | undefined {
  const way = [resolve(path)];
  for (let folder = resolve(path); folder !== dirname(folder); folder = dirname(folder)) way.unshift(dirname(folder));
  return way.find((folder) => {
    const { mode, uid, gid } = statSync(folder);
    return (mode & enterBit({ uid, gid }, account)) === 0;
  });
}

/** The mode bit that lets `account` pass through a folder with this owner: the first class it belongs to decides. */
function enterBit(owner: Account, account: Account): number {
  if (owner.uid === account.uid) return 0o100;
  return owner.gid === account.gid ? 0o010 : 0o001;
}

function find(): Account | undefined {
  const [uid, gid] = [id("-u"), id("-g")];
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

function id(flag: "-u" | "-g"): number | undefined {
  const answer = spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
  return answer.status === 0 ? Number(answer.stdout.trim()) : undefined;
}

function create(): Account | undefined {
  spawnSync("groupadd", ["--system", "postgres"]);
  spawnSync("useradd", [
    "--system",
    "--gid",
    "postgres",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
  return find();
}

function fail(message: string): never {
  throw new StackError(message);
}
