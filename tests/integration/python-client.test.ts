import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { LeasedTask } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ageJudgements } from "../harness/aged-judgements.ts";
import { answerEvaluation, twoPolicies } from "../harness/answered-evaluation.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { importFile } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { python } from "../harness/python.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

const run = promisify(execFile);
const client = fileURLToPath(new URL("../../clients/python", import.meta.url));
/** What `npm run python-client` makes. */
const own = `${client}/.venv/bin/python`;
const interpreter = process.env.TOUCHSTONE_PYTHON === undefined && existsSync(own) ? own : python;
/** Nothing of ours needs Python; where there is none with these, its client is not tried. */
const hasClient = spawnSync(interpreter, ["-c", "import httpx, pytest"]).status === 0;
const secret = "a-secret-that-only-this-test-run-knows";

describe.skipIf(!hasClient)("the Python client (skipped without a Python that has httpx and pytest)", () => {
  let api: TestApi;
  let worker: BuiltProcess | undefined;
  let env: Record<string, string>;
  beforeAll(async () => {
    api = await openApi({ TOUCHSTONE_SECRET: secret });
    const url = await api.server.listen({ port: 0, host: "127.0.0.1" });
    const { admin, workspaceId } = await newTenant(api.server, "ada@example.org");
    const evaluation = await judgedEvaluation(api, admin, workspaceId);
    const made = await admin.send("POST", "/api/tokens", { name: "a notebook", role: "admin" });
    env = {
      TOUCHSTONE_URL: url,
      TOUCHSTONE_TOKEN: made.json<{ token: string }>().token,
      TOUCHSTONE_EVALUATION: evaluation,
    };
    worker = spawnBuilt("worker/dist/main.js", {
      DATABASE_URL: api.databaseUrl,
      REDIS_URL: api.redisUrl,
      TOUCHSTONE_FILES_DIR: api.filesDir,
      TOUCHSTONE_SECRET: secret,
    });
  });
  afterAll(async () => {
    await worker?.kill("SIGKILL");
    await api.close();
  });

  it("brings rows in, streams a set, launches a run that a worker makes, and reads a verdict", async () => {
    const flags = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs"];
    const surroundings = { PATH: process.env.PATH ?? "", PYTHONDONTWRITEBYTECODE: "1", ...env };
    const { stdout } = await run(interpreter, flags, { cwd: client, env: surroundings }).catch(
      (broken: { stdout: string }) => broken,
    );
    expect(stdout).toMatch(/^\d+ passed/m);
    // Of what needs a product nothing is passed by; data frames are, where there is no pandas.
    for (const [reason] of stdout.matchAll(/^SKIPPED.*$/gm)) expect(reason).toMatch(/no (pandas|pyarrow) here/);
  });
});

/** Two policies on what the test split holds, all of it judged by somebody. @returns its id */
async function judgedEvaluation(api: TestApi, admin: Visitor, workspaceId: string): Promise<string> {
  const { database } = api.server;
  const project = await admin.send("POST", "/api/projects", { name: "Evaluated", overlap: 1, repeatShare: 0 });
  const { id: projectId } = project.json<{ id: string }>();
  const prompts = Array.from({ length: 60 }, (_, index) => ({ prompt: `Question ${index}` }));
  await importFile(admin, projectId, { format: "prompts" }, prompts);
  const policies = await twoPolicies(database, workspaceId);
  const [candidateId, baselineId] = policies;
  const draft = { candidateId, baselineId, overlap: 1 };
  const evaluation = await admin.send("POST", `/api/projects/${projectId}/evaluations`, draft);
  const { id } = evaluation.json<{ id: string }>();
  await answerEvaluation(database, id, policies);
  const claimed = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  let [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  while (task) {
    const receipt = await admin.send("POST", "/api/judgements", submissionFor(task));
    task = receipt.json<{ next: LeasedTask | null }>().next ?? undefined;
  }
  await ageJudgements(database, projectId);
  return id;
}
