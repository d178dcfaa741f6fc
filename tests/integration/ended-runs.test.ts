import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ProjectDraft } from "@touchstone/contracts";
import {
  createProject,
  createWorkspaceWithAdmin,
  LocalFileStore,
  type OpenDatabase,
  openDatabase,
} from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RunFiles } from "../../apps/worker/src/run/files.ts";
import { sweepCheckpoints } from "../../apps/worker/src/sweep-checkpoints.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { storeFiles } from "../harness/store-files.ts";
import { temporaryFolder } from "../harness/touchstone.ts";

const home = temporaryFolder();
let scratch: TestDatabase;
let database: OpenDatabase;
beforeAll(async () => {
  scratch = await freshDatabase();
  database = openDatabase(scratch.url);
});
afterAll(async () => {
  await database?.close();
  await scratch?.drop();
  rmSync(home, { recursive: true, force: true });
});

const bytes = new Map([["state.safetensors", Buffer.from("weights")]]);

it("checkpoints of runs that have ended are removed, and those of the others and every model stay", async () => {
  const { workspaceId, memberId: id } = await createWorkspaceWithAdmin(database.db, {
    workspaceName: "Ended",
    adminName: "Ada",
    adminEmail: "ada@example.org",
    passwordHash: "unused",
  });
  const project = await createProject(database.db, { workspaceId, id }, ProjectDraft.parse({ name: "Ended" }));
  const states = ["succeeded", "failed", "cancelled", "running", "queued"] as const;
  const runs = new Map<string, string>();
  for (const state of states) {
    const run = { workspaceId, projectId: project.id, kind: "reward", name: state, spec: {}, seed: 1, state } as const;
    const { id: runId } = await database.db.run.create({ data: run });
    runs.set(state, runId);
    // Two workers had it.
    for (const [token, step] of [
      [1, 5],
      [2, 10],
    ] as const) {
      const path = `runs/${runId}/${token}/${step}`;
      await storeFiles(home, path, bytes);
      await database.db.checkpoint.create({ data: { workspaceId, runId, step, fencingToken: token, path } });
    }
    await storeFiles(home, `runs/${runId}/2/model`, bytes);
  }
  await sweepCheckpoints({ db: database.db, files: new RunFiles(new LocalFileStore(home)) });
  for (const [state, runId] of runs) {
    const goesOn = state === "running" || state === "queued";
    const steps = readdirSync(join(home, "runs", runId, "2")).sort();
    expect([state, steps]).toEqual([state, goesOn ? ["10", "model"] : ["model"]]);
    expect(await database.db.checkpoint.count({ where: { runId } })).toBe(goesOn ? 2 : 0);
  }
});
