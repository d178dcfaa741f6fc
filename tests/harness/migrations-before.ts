import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const committed = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));

/** A folder with the migrations that come before one. */
export function migrationsBefore(migration: string): string {
  if (!existsSync(join(committed, migration))) throw new Error(`There is no migration ${migration}.`);
  const folder = mkdtempSync(join(tmpdir(), "earlier-migrations-"));
  for (const name of readdirSync(committed)) {
    if (!existsSync(join(committed, name, "migration.sql")) || name >= migration) continue;
    mkdirSync(join(folder, name));
    cpSync(join(committed, name, "migration.sql"), join(folder, name, "migration.sql"));
  }
  return folder;
}
