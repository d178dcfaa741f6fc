import { randomBytes } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Client } from "@touchstone/api-client";
import type { RunDraft, RunView } from "@touchstone/contracts";
import { createWorkspaceWithAdmin, migrate, modelFiles, openDatabase } from "@touchstone/persistence";
import { openStack, temporaryDataFolder } from "@touchstone/stack";
import { hashPassword } from "../../apps/api/src/plugins/passwords.ts";
import { clientOf } from "../e2e/workspace-client.ts";
import { spawnApi } from "../harness/api-process.ts";
import { spawnBuilt } from "../harness/built-process.ts";

/** The product with an admin signed in, for experiments: built API and workers on servers of their own. */
export interface Laboratory {
  readonly admin: Client;
  /** For what no route tells: which row of the file a judgement came from. */
  readonly db: ReturnType<typeof openDatabase>["db"];
  /** Launches a run and waits for its end. @throws Error in the run's own words when it did not succeed. */
  run(projectId: string, draft: Partial<RunDraft> & Pick<RunDraft, "kind">): Promise<RunView>;
  /** A file of a published model, read as JSON. */
  modelJson(modelId: string, name: string): Promise<unknown>;
}

const migrationsDir = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
/** Milliseconds between two looks at a run. */
const every = 500;

/** Everything in a folder that is gone afterwards. @param workers processes, each with one run at a time */
export async function withLaboratory<T>(
  workers: number,
  say: (line: string) => void,
  work: (laboratory: Laboratory) => Promise<T>,
): Promise<T> {
  const folder = await temporaryDataFolder("touchstone-experiment-", say);
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const stack = await openStack({ dataDir: folder, log: say, env: {} });
    ends.push(() => stack.stop());
    await migrate(stack.databaseUrl, migrationsDir);
    const filesDir = join(folder, "files");
    const api = await spawnApi({ ...stack, env: { LOG_LEVEL: "warn" } });
    ends.push(() => api.kill("SIGTERM"));
    for (let worker = 0; worker < workers; worker++) {
      const { kill } = spawnBuilt("worker/dist/main.js", {
        DATABASE_URL: stack.databaseUrl,
        REDIS_URL: stack.redisUrl,
        TOUCHSTONE_FILES_DIR: filesDir,
        LOG_LEVEL: "warn",
      });
      ends.push(() => kill("SIGTERM"));
    }
    const database = openDatabase(stack.databaseUrl);
    ends.push(() => database.close());
    return await work(await laboratoryOf(api.url, database.db, filesDir));
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

async function laboratoryOf(url: string, db: Laboratory["db"], filesDir: string): Promise<Laboratory> {
  const login = { email: "ada@example.org", password: randomBytes(16).toString("hex") };
  const passwordHash = await hashPassword(login.password);
  const names = { workspaceName: "Experiments", adminName: "Ada" };
  await createWorkspaceWithAdmin(db, { ...names, adminEmail: login.email, passwordHash });
  const admin = clientOf(url);
  await admin.signIn({ body: login });
  return {
    admin,
    db,
    async run(projectId, draft) {
      const { id } = await admin.launchRun({ params: { id: projectId }, body: draft });
      for (;;) {
        const run = await admin.getRun({ params: { id } });
        if (run.state === "succeeded") return run;
        if (run.error ?? run.state === "cancelled") throw new Error(`${run.name}: ${run.error?.message ?? run.state}`);
        await sleep(every);
      }
    },
    async modelJson(modelId, name) {
      const model = await db.modelVersion.findUniqueOrThrow({ where: { id: modelId } });
      const file = modelFiles(model).find(({ path }) => path.endsWith(`/${name}`));
      if (!file) throw new Error(`The model ${modelId} has no file ${name}.`);
      return JSON.parse(await readFile(join(filesDir, file.path), "utf8"));
    },
  };
}
