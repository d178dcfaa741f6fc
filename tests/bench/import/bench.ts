import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@touchstone/persistence";
import { apiMemory, openStack } from "@touchstone/stack";
import pg from "pg";
import { spawnApi } from "../../harness/api-process.ts";
import { withDatabase } from "../../harness/database-url.ts";
import { labellingProject } from "../../harness/labelling-project.ts";
import { RemoteVisitor } from "../../harness/remote-visitor.ts";
import { makeTemplateDatabase, templateName } from "../../harness/template-database.ts";
import { createLogin } from "../../harness/visitor.ts";
import type { Bench, Effort } from "../bench.ts";
import { memoryRow, peakMemoryMb } from "../process-memory.ts";
import { type Row, rowOf } from "../report.ts";
import { copiedIn, copiedOut } from "./copied-in.ts";
import { type Container, containers, writtenFile } from "./written-files.ts";

const email = "import@example.org";

/** A file of a million preferences sent to the public port of a fresh installation, beside COPY of the rows that came of it into the same tables. */
export const importBench: Bench = {
  cases: [...containers, ...containers.map((container) => `${container}-memory`)],
  takesTasks: true,
  async run(wanted, effort, say) {
    const folder = mkdtempSync(join(tmpdir(), "touchstone-bench-"));
    // Run by root, Postgres is another user, who must be able to enter.
    chmodSync(folder, 0o711);
    const stack = await openStack({ dataDir: folder, log: say });
    try {
      await makeTemplateDatabase(stack.databaseUrl);
      await withTenant(withDatabase(stack.databaseUrl, templateName));
      const rows: Row[] = [];
      for (const container of containers) {
        if (!wanted(container) && !wanted(`${container}-memory`)) continue;
        rows.push(...(await importRows({ ...stack, folder }, container, effort, say)));
      }
      return rows.filter((row) => wanted(row.case));
    } finally {
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Ground {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly folder: string;
}

/** `effort.tasks` is the number of rows; each round has databases of its own. */
async function importRows(
  { databaseUrl, redisUrl, folder }: Ground,
  container: Container,
  effort: Effort,
  say: (line: string) => void,
): Promise<Row[]> {
  const file = await writtenFile(folder, container, effort.tasks);
  say(`${container}: a file of ${((await stat(file)).size / 1e6).toFixed(0)} MB`);
  const server = new pg.Pool({ connectionString: databaseUrl });
  const ours: number[] = [];
  const theirs: number[] = [];
  const peaks: (number | null)[] = [];
  try {
    for (let round = 0; round < effort.rounds; round++) {
      const [grown, copied] = [`grown_${container}_${round}`, `copied_${container}_${round}`];
      for (const name of [grown, copied]) await server.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
      const grownPool = poolOf(withDatabase(databaseUrl, grown));
      const copiedPool = poolOf(withDatabase(databaseUrl, copied));
      try {
        const sent = await sentOnce(withDatabase(databaseUrl, grown), redisUrl, file);
        ours.push(effort.tasks / sent.seconds);
        peaks.push(sent.peakMb);
        const tables = await copiedOut(grownPool, copiedPool, folder);
        say(`came of it: ${tables.map(({ name, rows }) => `${rows} ${name}`).join(", ")}`);
        const copying = await copiedIn(copiedPool, tables);
        theirs.push(effort.tasks / copying);
        say(
          `round ${round + 1} of ${effort.rounds}: ${container} in ${sent.seconds.toFixed(1)} s, COPY in ${copying.toFixed(1)} s`,
        );
      } finally {
        for (const pool of [grownPool, copiedPool]) await pool.end();
        for (const name of [grown, copied]) await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }
    }
  } finally {
    await server.end();
    rmSync(file);
  }
  const label = { label: "POST /api/projects/:id/imports", rounds: ours };
  const copy = { label: "COPY … FROM STDIN", rounds: theirs };
  const known = peaks.filter((peak) => peak !== null);
  return [
    rowOf({ case: container, unit: "rows/s", measure: "rate", ours: [label], peers: [copy], missing: [] }),
    memoryRow(`${container}-memory`, known.length > 0 ? Math.max(...known) : null),
  ];
}

function poolOf(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString });
  // Its database is dropped while a connection may still be going.
  pool.on("error", () => undefined);
  return pool;
}

/** Sends a file to an API process of its own, as a client does who agrees to whatever the receipt says. */
async function sentOnce(databaseUrl: string, redisUrl: string, file: string) {
  // As `npm start` does.
  const api = await spawnApi({ databaseUrl, redisUrl, env: apiMemory({}) });
  try {
    const admin = await RemoteVisitor.signIn(api.url, email);
    const { items } = await admin.json<{ items: { id: string }[] }>("GET", "/api/projects");
    const [project] = items;
    if (!project) throw new Error("the tenant has a project");
    const from = performance.now();
    const { status, text } = await admin.sendFile(`/api/projects/${project.id}/imports?format=trl-preference`, file);
    if (status !== 201) throw new Error(`${file}: ${status} ${text}`);
    return { seconds: (performance.now() - from) / 1_000, peakMb: peakMemoryMb(api.pid) };
  } finally {
    await api.kill();
  }
}

async function withTenant(databaseUrl: string): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, { connections: 2 });
  try {
    const { workspaceId } = await labellingProject(db, { tasks: 0, overlap: 1, annotators: 0 });
    await createLogin(db, email, { workspaceId, role: "admin" });
  } finally {
    await close();
  }
}
