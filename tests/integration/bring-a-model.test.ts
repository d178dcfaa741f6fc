import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LineageView, type Problem, RunView, type SpooledFileView } from "@touchstone/contracts";
import { writeSafetensors } from "@touchstone/engine";
import { describeModel, importAdapter, importGgufModel } from "@touchstone/rlhf";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi, testSecret } from "../harness/api-server.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { beginUpload, spooled } from "../harness/send-in-pieces.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

const gguf = readFileSync(new URL("../../packages/rlhf/src/known-answers/qwen3.gguf", import.meta.url));
/** The same model as a folder, as it is read without the product. */
const folder = importGgufModel(
  { size: gguf.length, read: (offset, length) => gguf.subarray(offset, offset + length) },
  "qwen3.gguf",
).files;

const otherGguf = readFileSync(new URL("../../packages/rlhf/src/known-answers/qwen2.gguf", import.meta.url));
/** Of one matrix of that model, (64, 32). */
const adapterSettings = {
  ...{ peft_type: "LORA", task_type: "CAUSAL_LM", base_model_name_or_path: "somebody/Base" },
  ...{ r: 2, lora_alpha: 4, target_modules: ["q_proj"] },
};
const matrix = (rows: number, columns: number) => ({
  shape: [rows, columns],
  values: Float32Array.from({ length: rows * columns }, (_, at) => Math.sin(at) / 10),
});
const adapterTensors = writeSafetensors(
  new Map([
    ["base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", matrix(2, 32)],
    ["base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight", matrix(64, 2)],
  ]),
);

const serverFolder = mkdtempSync(join(tmpdir(), "touchstone-models-"));
let api: TestApi;
let admin: Visitor;
let other: Visitor;
let projectId: string;
let worker: BuiltProcess;
beforeAll(async () => {
  writeFileSync(join(serverFolder, "qwen3.gguf"), gguf);
  api = await openApi({ TOUCHSTONE_IMPORT_FOLDER: serverFolder });
  admin = (await newTenant(api.server, "ada@example.org")).admin;
  other = (await newTenant(api.server, "eve@example.org")).admin;
  projectId = await newProject(admin, "brought");
  worker = workerOf(api);
});
afterAll(async () => {
  await worker.kill("SIGKILL");
  await api.close();
  rmSync(serverFolder, { recursive: true });
});

function workerOf({ databaseUrl, redisUrl, filesDir }: TestApi): BuiltProcess {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, TOUCHSTONE_FILES_DIR: filesDir };
  return spawnBuilt("worker/dist/main.js", { ...env, TOUCHSTONE_SECRET: testSecret });
}

/** What lies in the file store for a run. */
function filesOfRun(id: string): string[] {
  const its = join(api.filesDir, "runs", id);
  return existsSync(its) ? readdirSync(its) : [];
}

const bringing = (files: readonly string[], more: object = {}, into = projectId) =>
  admin.send("POST", `/api/projects/${into}/runs`, { kind: "import", ...more, spec: { files } });

async function endOf(id: string): Promise<RunView> {
  let run: RunView | undefined;
  await expect
    .poll(
      async () => {
        run = RunView.parse((await admin.send("GET", `/api/runs/${id}`)).json());
        return run.state;
      },
      { timeout: 60_000, interval: 100 },
    )
    .toMatch(/succeeded|failed/);
  if (!run) throw new Error("no run was told of");
  return run;
}

async function brought(files: readonly string[], more: object = {}, into = projectId): Promise<RunView> {
  const launched = await bringing(files, more, into);
  expect(launched.statusCode, launched.body).toBe(201);
  return endOf(launched.json<RunView>().id);
}

const file = (name: string, bytes: Uint8Array, into = projectId) => spooled(admin, into, name, Buffer.from(bytes));

describe("a model of somebody's own", () => {
  it("comes from a GGUF file by way of a run, says what came in, answers prompts, and leaves no file behind", async () => {
    const { id } = await file("qwen3.gguf", gguf);
    const run = await brought([id], { name: "Small Qwen" });
    expect(run.error).toBeNull();
    expect(run.alerts.map(({ code }) => code)).toEqual(["model_read", "gguf_read"]);
    expect(run.alerts[1]?.values).toMatchObject({ architecture: "qwen3", template: expect.stringMatching(/with/) });
    const { model } = (await admin.send("GET", `/api/models/${run.modelVersionId}/lineage`)).json<LineageView>();
    const { sha256, parameters, kind } = describeModel(folder);
    expect(model).toMatchObject({ name: "Small Qwen", kind, sha256, parameters, projectId, trainer: "import" });
    expect((await admin.send("GET", `/api/spool/${id}`)).statusCode).toBe(404);
    expect(filesOfRun(run.id)).toHaveLength(1);

    await importFile(admin, projectId, { format: "prompts" }, [{ prompt: "Who are you?" }]);
    const spec = { prompts: 1, samplesPerPrompt: 2, sampling: { maxNewTokens: 4 } };
    const policy = { modelVersionId: run.modelVersionId };
    const asked = await admin.send("POST", `/api/projects/${projectId}/runs`, { kind: "generate", policy, spec });
    expect(asked.statusCode, asked.body).toBe(201);
    expect(await endOf(asked.json<RunView>().id)).toMatchObject({ state: "succeeded", error: null });
  });

  it("comes from a folder's files as well, says what it did not read, and is not taken twice", async () => {
    const into = await newProject(admin, "folder");
    const files = [...folder, ["README.md", Buffer.from("# hello")] as const];
    const ids = [];
    for (const [name, bytes] of files) ids.push((await file(name, bytes, into)).id);
    const run = await brought(ids, {}, into);
    expect(run).toMatchObject({ state: "succeeded", error: null });
    expect(run.alerts.find(({ code }) => code === "files_left_aside")?.values).toEqual({ names: "README.md" });
    const again = await brought([(await file("again.gguf", gguf, into)).id], {}, into);
    expect(again).toMatchObject({ state: "failed", error: { code: "wrong_model", reason: "modelHereAlready" } });
    expect(again.error?.values).toEqual({ name: expect.stringMatching(/^P-\d+$/) });
  });

  it("comes as an adapter on a policy of the workspace, whose lineage says which, and is downloaded as one again", async () => {
    const into = await newProject(admin, "adapter");
    const { id: ggufId } = await file("base.gguf", gguf, into);
    const { modelVersionId: baseId } = await brought([ggufId], { name: "Base" }, into);
    const own: [string, Uint8Array][] = [
      ["adapter_config.json", Buffer.from(JSON.stringify(adapterSettings))],
      ["adapter_model.safetensors", adapterTensors],
    ];
    const ids = [];
    for (const [name, bytes] of [...own, ["README.md", Buffer.from("# hello")] as const]) {
      ids.push((await file(name, bytes, into)).id);
    }
    // Which model it is of nobody guesses, and what is a whole model takes no other.
    expect((await bringing(ids, {}, into)).json()).toMatchObject({ reason: "adapterNeedsBase", path: "policy" });
    const { id: whole } = await file("whole.gguf", gguf, into);
    const policy = { modelVersionId: baseId };
    expect((await bringing([whole], { policy }, into)).json()).toMatchObject({ reason: "wholeModelHasNoBase" });

    const run = await brought(ids, { name: "Adapted", policy }, into);
    expect(run).toMatchObject({ state: "succeeded", error: null, policyId: baseId });
    const told = run.alerts.find(({ code }) => code === "adapter_read");
    expect(told?.values).toEqual({ rank: 2, alpha: 4, matrices: 1, tokenizer: "base" });
    const lineage = (await admin.send("GET", `/api/models/${run.modelVersionId}/lineage`)).json<LineageView>();
    const { files: merged } = importAdapter(new Map(own), folder);
    expect(lineage.model).toMatchObject({ name: "Adapted", parentId: baseId, sha256: describeModel(merged).sha256 });
    expect(lineage.steps.map(({ relation, model }) => [relation, model.id])).toEqual([
      ["self", run.modelVersionId],
      ["parent", baseId],
    ]);
    for (const [name, bytes] of own) {
      const download = await admin.send("GET", `/api/models/${run.modelVersionId}/files/${name}`);
      expect(Buffer.compare(download.rawPayload, bytes), name).toBe(0);
    }
    for (const id of ids) expect((await admin.send("GET", `/api/spool/${id}`)).statusCode).toBe(404);
  });

  it("ends its run with what does not fit, where an adapter is laid on another model than its own", async () => {
    const into = await newProject(admin, "misfit");
    const { modelVersionId } = await brought([(await file("other.gguf", otherGguf, into)).id], {}, into);
    const ids = [];
    for (const [name, bytes] of [
      ["adapter_config.json", Buffer.from(JSON.stringify(adapterSettings))],
      ["adapter_model.safetensors", adapterTensors],
    ] as const) {
      ids.push((await file(name, bytes, into)).id);
    }
    expect(await brought(ids, { policy: { modelVersionId } }, into)).toMatchObject({
      state: "failed",
      modelVersionId: null,
      error: { code: "bad_model_files", reason: "adapterShape" },
    });
    for (const id of ids) expect((await admin.send("GET", `/api/spool/${id}`)).statusCode).toBe(200);
  });

  it("comes from the server's folder as a copy, which a worker sees, and not from where it lies there", async () => {
    const into = await newProject(admin, "from the server");
    const choose = (more: object) =>
      admin.send("POST", `/api/projects/${into}/spool/folder`, { path: "qwen3.gguf", ...more });
    const inPlace = (await choose({})).json<SpooledFileView>();
    expect((await bringing([inPlace.id], {}, into)).json()).toMatchObject({
      ...{ reason: "modelFileInPlace", values: { name: "qwen3.gguf" } },
    });
    const { id } = (await choose({ copy: true })).json<SpooledFileView>();
    const look = async () => (await admin.send("GET", `/api/spool/${id}`)).json<SpooledFileView>();
    await expect.poll(async () => (await look()).state, { timeout: 15_000, interval: 30 }).toBe("ready");
    expect(await look()).toMatchObject({ inPlace: false, received: gguf.length });
    const run = await brought([id], {}, into);
    expect(run).toMatchObject({ name: "qwen3", state: "succeeded", error: null });
  });

  it("goes by its file's name where nobody called it otherwise, also where no disk takes so long a name", async () => {
    const into = await newProject(admin, "long names");
    // 3 bytes each: more than the 255 that a file system takes.
    const longName = "长".repeat(90);
    const run = await brought([(await file(`${longName}.gguf`, gguf, into)).id], {}, into);
    expect(run).toMatchObject({ name: longName, state: "succeeded", error: null });
  });

  it("is refused by its files' names before anything runs, each with what to do", async () => {
    const one = async (...names: string[]) => {
      const ids = [];
      for (const name of names) ids.push((await file(name, Buffer.from("x"))).id);
      const answer = await bringing(ids);
      return { status: answer.statusCode, ...answer.json<Problem>().issues?.[0] };
    };
    expect(await one("config.json", "tokenizer.json")).toMatchObject({
      ...{ status: 422, reason: "modelFilesLack", values: { missing: "model.safetensors" }, path: "spec.files" },
    });
    expect(await one("config.json", "pytorch_model.bin")).toMatchObject({ reason: "modelFilesPickled" });
    expect(await one("adapter_config.json", "model.safetensors")).toMatchObject({ reason: "modelFilesAdapter" });
    expect(await one("adapter_config.json", "adapter_model.bin")).toMatchObject({ reason: "modelFilesPickled" });
    expect(await one("adapter_config.json")).toMatchObject({
      ...{ reason: "adapterLacks", values: { missing: "adapter_model.safetensors" } },
    });
    expect(await one("a.gguf", "b.gguf")).toMatchObject({
      reason: "modelFilesSeveralGguf",
      values: { name: "b.gguf" },
    });
    expect(await one("config.json", "config.json")).toMatchObject({ reason: "modelFilesTwice" });
    const coming = await beginUpload(admin, projectId, "half.gguf", 100);
    expect((await bringing([coming.json<{ id: string }>().id])).json()).toMatchObject({ reason: "spooledArriving" });
    // Of another project, and of another workspace: as if there were none.
    const { id: elsewhere } = await file("own.gguf", gguf, await newProject(admin, "elsewhere"));
    const foreignId = await newProject(other, "foreign");
    const { id: foreign } = await spooled(other, foreignId, "own.gguf", gguf);
    for (const id of [elsewhere, foreign]) {
      expect((await bringing([id])).json()).toMatchObject({ code: "not_found", reason: "notThere" });
    }
    expect((await bringing([])).json()).toMatchObject({ code: "invalid_spec" });
  });

  it("that is damaged ends its run with what is wrong with it; no model is there, and the file still is", async () => {
    const { id } = await file("cut.gguf", gguf.subarray(0, gguf.length - 1_000));
    const run = await brought([id]);
    expect(run).toMatchObject({
      state: "failed",
      modelVersionId: null,
      error: { code: "bad_model_files", reason: "ggufCutOff" },
    });
    expect(filesOfRun(run.id)).toEqual([]);
    expect((await admin.send("GET", `/api/spool/${id}`)).json()).toMatchObject({ state: "ready" });
  });

  it("whose file is removed before its turn is not read, by name", async () => {
    await worker.kill("SIGKILL");
    const { id } = await file("late.gguf", gguf);
    const launched = await bringing([id]);
    expect((await admin.send("DELETE", `/api/spool/${id}`)).statusCode).toBe(204);
    worker = workerOf(api);
    expect(await endOf(launched.json<RunView>().id)).toMatchObject({
      state: "failed",
      error: { reason: "broughtFileGone" },
    });
  });
});
