import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  EvaluationDraft,
  type ModelDependants,
  type ModelReviewView,
  type ModelVersionView,
  type Problem,
} from "@touchstone/contracts";
import {
  createEvaluation,
  LocalFileStore,
  launchRun,
  modelInUse,
  removeModelFilesLeft,
  succeedRun,
  takeRun,
} from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { newProject } from "../harness/import-file.ts";
import { storeFiles } from "../harness/store-files.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
let memberId: string;
let projectId: string;
let practice: string;

beforeAll(async () => {
  api = await openApi();
  ({ admin, workspaceId, memberId } = await newTenant(api.server, "ada@example.org"));
  projectId = await newProject(admin, "Registry", 1);
  practice = await model("policy", { projectId: null, practice: true });
});
afterAll(() => api.close());

const db = () => api.server.database;

async function model(kind: "policy" | "reward", more: Record<string, unknown> = {}): Promise<string> {
  const sha256 = randomUUID();
  const data = { workspaceId, projectId, kind, name: kind, files: [], sha256, parameters: 1, spec: {}, ...more };
  return (await db().modelVersion.create({ data })).id;
}

const review = async (id: string, project = projectId) =>
  (await admin.send("GET", `/api/models/${id}/review?projectId=${project}`)).json<ModelReviewView>();
const promote = (id: string, insteadOf: string | null, reason = "It won.", project = projectId) =>
  admin.send("POST", `/api/models/${id}/promotion`, { projectId: project, reason, insteadOf });
const policyInUse = async (project = projectId) =>
  (await modelInUse(db(), { workspaceId, projectId: project, kind: "policy" }))?.row.id;

describe("which model a project uses", () => {
  it("is the practice model, then the newest of its own, until somebody decides; then what was decided", async () => {
    const project = await newProject(admin, "Undecided", 1);
    expect(await policyInUse(project)).toBe(practice);
    const [first, second] = [
      await model("policy", { projectId: project }),
      await model("policy", { projectId: project }),
    ];
    expect(await policyInUse(project)).toBe(second);
    expect((await promote(first, practice, "Why?", project)).json<Problem>().reason).toBe("otherModelInUse");
    expect((await promote(first, second, "It reads better.", project)).statusCode).toBe(200);
    expect(await policyInUse(project)).toBe(first);
    await model("policy", { projectId: project });
    expect(await policyInUse(project)).toBe(first);
    // Another project goes on as it was.
    expect(await policyInUse()).toBe(practice);
  });

  it("goes forward and back as a stack, with reasons, and by both the audit and the history know who and why", async () => {
    const [a, b, c] = [await model("reward"), await model("reward"), await model("reward")];
    // The newest is in use without a decision; so the first decision is against it.
    expect((await promote(a, c, "First.")).statusCode).toBe(200);
    expect((await promote(b, a, "Better on the held-out pairs.")).statusCode).toBe(200);
    expect((await promote(b, b)).json<Problem>().reason).toBe("modelInUseAlready");
    expect((await promote(c, b, "Better still.")).statusCode).toBe(200);
    expect(await review(c)).toMatchObject({ former: { id: b }, against: { id: b }, inUse: { model: { id: c } } });
    expect(await review(a)).toMatchObject({ model: { stage: "candidate" }, against: { id: c }, former: { id: b } });

    const back = (await promote(b, c, "It likes length.")).json<ModelReviewView>();
    expect(back.inUse?.promotion).toMatchObject({ back: true, reason: "It likes length.", by: "Ada", cause: "person" });
    expect(back).toMatchObject({ former: { id: a }, model: { stage: "current", usedIn: [{ id: projectId }] } });
    expect((await promote(a, b, "And that one too.")).json<ModelReviewView>()).toMatchObject({ former: { id: c } });
    const { items } = (await admin.send("GET", "/api/audit?limit=20")).json<{
      items: { action: string; subject: string; detail: object }[];
    }>();
    expect(items.filter(({ action }) => action === "model.rolledBack")).toMatchObject([
      { subject: a, detail: { note: "And that one too.", kind: "reward" } },
      { subject: b, detail: { note: "It likes length." } },
    ]);
    const { history } = await review(a);
    expect(history.map(({ model: { id }, until }) => [id, until === null])).toEqual([
      [a, true],
      [b, false],
      [c, false],
      [b, false],
      [a, false],
    ]);
  });

  it("is one a kind, whoever decides at the same moment, and never another project's or without a reason", async () => {
    const project = await newProject(admin, "Raced", 1);
    const [one, other] = [await model("policy", { projectId: project }), await model("policy", { projectId: project })];
    const answers = await Promise.all([
      promote(one, other, "One.", project),
      promote(one, other, "The same.", project),
      promote(practice, other, "Other.", project),
    ]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409]);
    const open = { projectId: project, kind: "policy" as const, endedAt: null };
    expect(await db().modelPromotion.count({ where: open })).toBe(1);
    const of = { workspaceId, ...open, modelVersionId: other, cause: "person" };
    await expect(db().modelPromotion.create({ data: of })).rejects.toMatchObject({ code: "P2002" });
    expect((await promote(one, practice)).json<Problem>().reason).toBe("modelOfOtherProject");
    expect((await promote(one, other, " ", project)).statusCode).toBe(422);
  });

  it("follows a schedule, which puts in use what it has trained", async () => {
    const project = await newProject(admin, "Scheduled", 1);
    const start = await model("policy", { projectId: project });
    await promote(start, start, "By hand.", project);
    const trained = async (scheduleId: string | null) => {
      const { id } = await db().run.create({
        data: { workspaceId, projectId: project, kind: "rloo", name: "rloo", spec: {}, seed: 1, scheduleId },
      });
      const run = await takeRun(db(), id);
      const made = { files: [], sha256: id, parameters: 1, spec: {}, name: "made", projectId: project };
      const modelId = randomUUID();
      const fence = { runId: id, token: run?.fencingToken ?? 0 };
      await succeedRun(db(), workspaceId, fence, { ...made, id: modelId, kind: "policy" });
      return modelId;
    };
    await trained(null);
    expect(await policyInUse(project)).toBe(start);
    const byItself = await trained(randomUUID());
    expect(await policyInUse(project)).toBe(byItself);
    const { inUse, former } = await review(byItself, project);
    expect(inUse?.promotion).toMatchObject({ cause: "schedule", by: null });
    expect(former).toMatchObject({ id: start });
  });

  it("is told to webhooks, with what was in use before", async () => {
    const project = await newProject(admin, "Telling", 1);
    const [one, other] = [await model("policy", { projectId: project }), await model("policy", { projectId: project })];
    const made = { url: "https://93.184.216.34/hook", events: ["model.promoted"] };
    await admin.send("POST", `/api/projects/${project}/webhooks`, made);
    await promote(one, other, "A secret reason.", project);
    await promote(other, one, "Back.", project);
    const told = await db().webhookDelivery.findMany({ where: { type: "model.promoted" }, orderBy: { id: "asc" } });
    expect(told.map(({ payload }) => JSON.parse(payload).data)).toMatchObject([
      { projectId: project, modelId: one, kind: "policy", formerModelId: null, back: false, cause: "person" },
      { modelId: other, formerModelId: one, back: true },
    ]);
    expect(told.map(({ payload }) => payload).join()).not.toMatch(/secret|Ada/);
  });
});

describe("a name and the archive", () => {
  it("are changed, and a model that is used is not put away", async () => {
    const project = await newProject(admin, "Named", 1);
    const [used, unused] = [
      await model("policy", { projectId: project }),
      await model("policy", { projectId: project }),
    ];
    await promote(used, unused, "Used.", project);
    const change = async (id: string, body: object) => admin.send("PATCH", `/api/models/${id}`, body);
    expect((await change(unused, { name: "Kind one" })).json<ModelVersionView>()).toMatchObject({
      givenName: "Kind one",
      name: "policy",
    });
    expect((await change(used, { archived: true })).json<Problem>()).toMatchObject({
      reason: "modelIsUsed",
      values: { name: "Named" },
    });
    expect((await change(unused, { archived: true })).json<ModelVersionView>().stage).toBe("archived");
    expect((await change(unused, { name: null })).json<ModelVersionView>()).toMatchObject({
      givenName: null,
      stage: "archived",
    });
    // To use it is to bring it back.
    await promote(unused, used, "Again.", project);
    expect((await review(unused, project)).model.stage).toBe("current");
  });
});

describe("a model is deleted", () => {
  const files = () => new LocalFileStore(api.filesDir);
  const remove = (id: string) => admin.send("DELETE", `/api/models/${id}`);
  const dependants = async (id: string) =>
    (await admin.send("GET", `/api/models/${id}/dependants`)).json<ModelDependants>();

  it("not while something depends on it, and all of it is named", async () => {
    const project = await newProject(admin, "Depended on", 1);
    const base = await model("policy", { projectId: project });
    const child = await model("policy", { projectId: project, parentId: base });
    await promote(base, child, "Used.", project);
    const by = { workspaceId, id: memberId };
    const prompt = await db().prompt.create({
      data: { workspaceId, projectId: project, messages: [], cluster: "c", split: "test", hash: randomUUID() },
    });
    const answer = { workspaceId, promptId: prompt.id, text: "so", key: "k", modelVersionId: base };
    const completion = await db().completion.create({ data: answer });
    await createEvaluation(
      db(),
      by,
      project,
      EvaluationDraft.parse({ candidateId: child, baselineId: base, prompts: 5 }),
    );
    const run = await launchRun(db(), by, project, {
      kind: "generate",
      seed: 1,
      spec: { purpose: "candidates", prompts: 1 },
      policy: { modelVersionId: base },
      capability: "cpu",
      includeSimulated: false,
    });
    const found = await dependants(base);
    expect(found).toMatchObject({
      free: false,
      usedIn: [{ name: "Depended on" }],
      models: [{ id: child, kind: "policy" }],
      evaluations: [{ baseline: "policy" }],
      answers: [{ name: "Depended on", count: 1 }],
    });
    expect(found.runs.map(({ id }) => id)).toContain(run.id);
    const refused = await remove(base);
    expect(refused.statusCode).toBe(409);
    expect(refused.json<Problem>().reason).toBe("modelHasDependants");
    expect(refused.json<Problem>().detail).toContain("“Depended on”");
    // One thing after the other goes: only when the last has gone is it free.
    await db().completion.delete({ where: { id: completion.id } });
    await db().run.deleteMany({ where: { projectId: project } });
    await db().evaluation.deleteMany({ where: { projectId: project } });
    expect((await remove(base)).statusCode).toBe(409);
    expect((await remove(child)).statusCode).toBe(204);
    expect((await dependants(base)).usedIn).toHaveLength(1);
    expect((await remove(base)).statusCode).toBe(409);
  });

  it("with its files, of which those that another model names stay; a kill between leaves nothing half", async () => {
    const own = await storeFiles(
      api.filesDir,
      "runs/of-it/1/model",
      new Map([["model.safetensors", Buffer.from("w")]]),
    );
    const shared = await storeFiles(api.filesDir, "models/shared", new Map([["tokenizer.json", Buffer.from("{}")]]));
    const kept = await model("reward", { files: shared });
    const project = await newProject(admin, "Deleted from", 1);
    const at = { projectId: project };
    const doomed = await model("reward", { ...at, files: [...own, ...shared] });
    const path = (name: string) => join(api.filesDir, name);
    // It was in use between two others, so that one would go back to it.
    const [before, after] = [await model("reward", at), await model("reward", at)];
    await promote(before, after, "1", project);
    await promote(doomed, before, "2", project);
    await promote(after, doomed, "3", project);
    expect((await review(after, project)).former?.id).toBe(doomed);

    const download = await admin.send("GET", `/api/models/${doomed}/files/model.safetensors`);
    expect([download.statusCode, download.body]).toEqual([200, "w"]);
    expect((await admin.send("GET", `/api/models/${doomed}/files/config.json`)).statusCode).toBe(404);

    expect((await remove(doomed)).statusCode).toBe(204);
    await expect.poll(() => db().modelFileLeft.count(), { timeout: 20_000 }).toBe(0);
    expect(existsSync(path("runs/of-it/1/model/model.safetensors"))).toBe(false);
    expect(existsSync(path("models/shared/tokenizer.json"))).toBe(true);
    expect((await review(kept)).files).toHaveLength(1);
    expect((await review(after, project)).former?.id).toBe(before);

    // Whoever was killed behind the row's transaction left this; the next start takes it up.
    const left = await storeFiles(api.filesDir, "runs/left/1/model", new Map([["config.json", Buffer.from("{}")]]));
    const paths = left.map(({ path: each }) => ({ workspaceId, path: each }));
    const [file] = paths;
    const tools = {
      pool: api.server.databasePool,
      // Killed at the first file.
      files: Object.assign(Object.create(files()), { remove: () => Promise.reject(new Error("killed")) }),
    };
    await db().modelFileLeft.createMany({ data: paths });
    await removeModelFilesLeft(tools).catch(() => 0);
    await expect.poll(() => db().modelFileLeft.count(), { timeout: 20_000 }).toBe(0);
    expect(existsSync(path(file?.path ?? ""))).toBe(false);
  });
});
