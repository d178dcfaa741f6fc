import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { migrate } from "@touchstone/persistence";
import { openStack } from "@touchstone/stack";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { z } from "zod";
import { migrationsBefore } from "./migrations-before.ts";

const fixture = fileURLToPath(new URL("../fixtures/edcce48", import.meta.url));
/** The first migration that commit edcce48 did not have. */
const firstLater = "20261126000200_row_origin";

const Person = z.object({ cookie: z.string(), csrf: z.string() });
const Facts = z.object({
  projectId: z.string(),
  people: z.object({ orla: Person, rhea: Person, vito: Person, ann: Person, ben: Person }),
  apiToken: z.string(),
  openLink: z.string(),
  invitation: z.string(),
  judgements: z.object({ ann: z.array(z.string()), ben: z.array(z.string()) }),
  /** Ann's. */
  held: z.object({ leaseId: z.string(), leaseToken: z.string(), taskId: z.string() }),
  labelSet: z.object({ id: z.string(), sha256: z.string(), judgements: z.number() }),
  queuedRunId: z.string(),
  policyId: z.string(),
});

/** What the workspace of commit edcce48 holds; `tests/fixtures/edcce48/README.md` says how it was made. */
export const old = Facts.parse(JSON.parse(readFileSync(join(fixture, "facts.json"), "utf8")));

/** Makes a data folder as that commit left it, stopped, with the time that has passed since taken away. */
export async function makeOldDataFolder(dataDir: string): Promise<void> {
  const stack = await openStack({ dataDir, log: () => undefined, env: { REDIS_URL: "redis://127.0.0.1:0" } });
  try {
    await fillOldDatabase(stack.databaseUrl);
  } finally {
    await stack.stop();
  }
  copyOldFiles(join(dataDir, "files"));
}

/** The models that the rows name. */
export function copyOldFiles(filesDir: string): void {
  cpSync(join(fixture, "files"), filesDir, { recursive: true });
}

/** Brings an empty database to the form of that commit and puts its rows there. */
export async function fillOldDatabase(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl, migrationsBefore(firstLater));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    // Rows come in the order of their tables' names, and what they set off was set off then.
    await client.query("SET LOCAL session_replication_role = replica");
    for (const { statement, rows } of blocksOf(readFileSync(join(fixture, "rows.sql"), "utf8"))) {
      await pipeline([rows], client.query(copyFrom(statement)));
    }
    for (const table of ["lease", "session", "link", "api_token"]) {
      await client.query(
        `UPDATE "${table}" SET expires_at = now() + interval '20 minutes' WHERE expires_at > created_at`,
      );
    }
    for (const table of ["journal", "outbox", "audit_event"]) {
      await client.query(`SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM "${table}"))`);
    }
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

/** COPY statements with the rows up to the line that ends them, as in a dump. */
function blocksOf(sql: string) {
  return sql
    .split("\n\\.\n")
    .filter((block) => block !== "")
    .map((block) => {
      const end = block.indexOf("\n");
      return { statement: block.slice(0, end).replace(/;$/, ""), rows: `${block.slice(end + 1)}\n` };
    });
}
