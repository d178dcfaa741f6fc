import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { freePort } from "../free-port.ts";
import { openLogFile } from "../log-file.ts";
import { readOrCreateSecret } from "../secret-file.ts";
import { type Supervisor, supervise } from "../supervise.ts";
import type { Surroundings } from "../surroundings.ts";
import { withoutSecrets } from "../without-secrets.ts";
import { accountForPostgres } from "./account.ts";
import { postgresBinaries } from "./binaries.ts";
import { despiteLeftover } from "./despite-leftover.ts";
import { hastenShutdown } from "./hasten-shutdown.ts";
import { postgresHome } from "./home.ts";
import { initialiseCluster } from "./initialise.ts";
import { endOrphanBackends } from "./orphans.ts";

export interface PostgresServer {
  url: string;
  supervisor: Supervisor;
}

/** Several API processes, workers and a test-suite share one server. */
const maxConnections = 300;

/** Starts Postgres on a private loopback port with its data in the folder of `postgresHome`; call while holding the folder's lock. */
export async function startPostgres({ dataDir, ledger, log, cancel }: Surroundings): Promise<PostgresServer> {
  const account = accountForPostgres();
  const home = postgresHome(dataDir, account, log);
  const binaries = postgresBinaries(home, account);
  const password = readOrCreateSecret(dataDir, "postgres-password");
  const folder = await initialiseCluster({ home, binaries, account, password, ledger });
  removeForeignPidFile(folder);

  const port = await freePort();
  const url = `postgresql://touchstone:${password}@127.0.0.1:${port}/postgres`;
  const output = openLogFile(join(dataDir, "logs", "postgres.log"));
  const settings = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    `max_connections=${maxConnections}`,
    "timezone=UTC",
    "log_timezone=UTC",
    // What was refused is named, and not the row that it was about, nor the statement: these hold names, mails and texts.
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
  ].flatMap((setting) => ["-c", setting]);

  const start = () =>
    supervise({
      name: "Postgres",
      spawn() {
        const descriptor = output.descriptor();
        try {
          return spawn(binaries.postgres, ["-D", folder, "-p", String(port), ...settings], {
            ...account,
            cwd: folder,
            detached: true,
            stdio: ["ignore", descriptor, descriptor],
            env: { ...withoutSecrets(process.env), LC_ALL: "C" },
          });
        } finally {
          output.release(descriptor);
        }
      },
      prepare: () => endOrphanBackends(folder),
      probe: () => answers(url),
      // Replaying the write-ahead log after a crash under load is what takes long.
      readyWithinMs: 120_000,
      // SIGINT is Postgres's "fast" shutdown: it ends the sessions and checkpoints. SIGTERM would wait for them.
      stopSignal: "SIGINT",
      stopWithinMs: 20_000,
      ledger,
      log,
      lastWords: output.tail,
      cancel,
    });
  const supervisor = await despiteLeftover(start);
  return { url, supervisor: hastenShutdown(folder, supervisor, log) };
}

async function answers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * After a reboot or in a restarted container the pid in postmaster.pid may belong to a stranger, and Postgres would then
 * refuse to start. If it belongs to nobody, Postgres sorts it out itself, with a check of its shared memory besides.
 */
function removeForeignPidFile(folder: string): void {
  const file = join(folder, "postmaster.pid");
  try {
    const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    if (!command.includes(folder)) rmSync(file);
  } catch {
    // No pid file, no such process, or no /proc to ask.
  }
}
