import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { MigrationError, migrate } from "@touchstone/persistence";
import { readOrCreateSecret, StackError } from "@touchstone/stack";
import { seed } from "../seed/index.ts";
import { easyPassword } from "./easy-password.ts";
import { parseEnvironment, type StartEnvironment } from "./environment.ts";
import { openProgress, type Progress } from "./progress.ts";
import { projectRoot } from "./project-root.ts";
import { signInLine } from "./sign-in-line.ts";

/** Holds a made-up first password from before the seed until it has been printed, so that no crash can swallow it. */
const unprintedPassword = "admin-password-not-yet-printed";

export interface Preparation {
  /** How to sign in, one line. */
  signIn: string;
  /** Call once the line has been printed. */
  printed(): void;
}

/** Brings the database to the schema and fills in the demo workspace where it is missing. */
export async function prepareDatabase(
  databaseUrl: string,
  environment: StartEnvironment,
  progress: Progress,
): Promise<Preparation> {
  const { dataDir, filesDir, adminEmail } = environment;
  await progress.stage("Migrating the database", () => migrateOrExplain(databaseUrl));
  const fromEnvironment = environment.adminPassword !== undefined;
  const pending = join(dataDir, unprintedPassword);
  const waiting = existsSync(pending);
  if (!fromEnvironment) mkdirSync(dataDir, { recursive: true });
  const adminPassword = environment.adminPassword ?? readOrCreateSecret(dataDir, unprintedPassword, easyPassword);
  const seeded = await progress.stage("Seeding the demo workspace", () =>
    seed(databaseUrl, { adminEmail, adminPassword, filesDir }),
  );
  // Only a seed that has just made the admin answers with a password; one made before a crash may still wait here.
  const newPassword = seeded.adminPassword ?? (waiting ? adminPassword : undefined);
  return {
    signIn: signInLine({ email: seeded.adminEmail, newPassword, fromEnvironment }),
    printed: () => rmSync(pending, { force: true }),
  };
}

/** The `prepare` command: for deployments where a compose file or an orchestrator starts the processes. */
export async function prepare(): Promise<void> {
  const environment = parseEnvironment(process.env, projectRoot());
  if (!environment.databaseUrl) throw new StackError("DATABASE_URL says which database to prepare; it is not set.");
  const progress = openProgress(process.stdout);
  const preparation = await prepareDatabase(environment.databaseUrl, environment, progress);
  progress.line(preparation.signIn);
  preparation.printed();
}

async function migrateOrExplain(databaseUrl: string): Promise<void> {
  try {
    await migrate(databaseUrl, join(projectRoot(), "prisma", "migrations"));
  } catch (error) {
    if (error instanceof MigrationError) throw new StackError(error.message);
    throw error;
  }
}
