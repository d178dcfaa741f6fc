import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ReportCard, ReportCardView, RunDraft, reportCardFile } from "@touchstone/contracts";
import {
  findModel,
  freezeLabelSet,
  getRun,
  launchRun,
  modelFiles,
  registerModel,
  streamLabelSet,
} from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { type LearningProject, learningProject } from "../harness/learning-project.ts";
import { createLogin, newTenant, Visitor } from "../harness/visitor.ts";

let api: TestApi;
let project: LearningProject;
let admin: Visitor;
let worker: BuiltProcess | undefined;
let earlierId: string;
let rewardId: string;
let made: ReportCard;

beforeAll(async () => {
  api = await openApi();
  project = await learningProject(api.server.database, api.filesDir, 24);
  await createLogin(api.server.database, "card@example.org", { workspaceId: project.by.workspaceId, role: "reviewer" });
  admin = await new Visitor(api.server).signIn("card@example.org");
  earlierId = await rewardWithoutCard();
});
afterAll(async () => {
  await worker?.kill("SIGKILL");
  await api.close();
});

/** One with labels, from before there were cards; its files are a policy's, so that no worker can evaluate it. */
async function rewardWithoutCard(): Promise<string> {
  const db = api.server.database;
  const { by, projectId, policyId } = project;
  const { workspaceId } = by;
  const labelSet = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: true });
  const files = modelFiles(await findModel(db, workspaceId, policyId));
  const row = { workspaceId, files, sha256: "3".repeat(64), parameters: 1, spec: {}, labelSetId: labelSet.id };
  return registerModel(db, { ...row, kind: "reward", name: "Earlier" });
}

const ask = (id: string, who = admin) => who.send("GET", `/api/models/${id}/card`);
const cardOf = async (id: string) => ReportCardView.parse((await ask(id)).json());
const files = async () => modelFiles(await findModel(api.server.database, project.by.workspaceId, rewardId));
const isCard = ({ path }: { path: string }) => path.endsWith(`/${reportCardFile}`);
const damageCard = async () => {
  const card = (await files()).find(isCard);
  await writeFile(join(api.filesDir, card?.path ?? ""), '{"format": 1, "sentence"');
};
/** What is said of a model once a worker has been at it. */
async function evaluated(id: string): Promise<ReportCardView> {
  let view = await cardOf(id);
  while (view.missing === "evaluating" || view.hindrance === "no_worker") {
    await sleep(50);
    view = await cardOf(id);
  }
  return view;
}

it("a policy has no card, a reward model from before there were cards waits for a worker, and nobody is told about models of others", async () => {
  expect(await cardOf(project.policyId)).toEqual({ card: null, missing: "policy", hindrance: null });
  expect(await cardOf(earlierId)).toEqual({ card: null, missing: "earlier", hindrance: "no_worker" });
  const { admin: stranger } = await newTenant(api.server, "elsewhere@example.org");
  expect((await ask(earlierId, stranger)).statusCode).toBe(404);
});

it("a run leaves a card with its reward model, for all of the staff, and nobody is named in it", async () => {
  const db = api.server.database;
  worker = spawnBuilt("worker/dist/main.js", {
    DATABASE_URL: api.databaseUrl,
    REDIS_URL: api.redisUrl,
    TOUCHSTONE_FILES_DIR: api.filesDir,
    TOUCHSTONE_SECRET: "x".repeat(40),
  });
  const draft = RunDraft.parse({
    kind: "reward",
    includeSimulated: true,
    policy: { modelVersionId: project.policyId },
    spec: { epochs: 0.1, minimumLabels: 8 },
  });
  const { id } = await launchRun(db, project.by, project.projectId, draft);
  for (;;) {
    const run = await getRun(db, project.by.workspaceId, id);
    if (run.state === "failed") throw new Error(`${run.error?.message}\n${worker.output()}`);
    rewardId = run.modelVersionId ?? "";
    if (run.state === "succeeded") break;
    await sleep(50);
  }
  const answer = await ask(rewardId);
  const { card } = ReportCardView.parse(answer.json());
  if (!card) throw new Error("There is no card.");
  made = card;
  const model = await findModel(db, project.by.workspaceId, rewardId);
  expect(model.metrics).toMatchObject({ "heldout.accuracy": card.accuracy?.value });
  expect(card).toMatchObject({ made: "run", labels: "comparisons", objective: "bradley-terry" });
  expect(card.sentence.en).toContain(`of ${card.pairs} held-out pairs`);
  expect(card.fresh).toMatchObject({ prompts: 5, answers: 4 });
  // Two people judged each pair.
  expect(card.people?.judgements).toBeGreaterThan(0);
  const names = new Set<string>();
  for await (const form of streamLabelSet(db, model.labelSetId ?? "", () => undefined)) names.add(form.annotator ?? "");
  expect(names.size).toBe(2);
  expect(card.slices.annotator.map(({ of }) => of)).toEqual(["A1", "A2"]);
  for (const name of names) expect(answer.body).not.toContain(name);
}, 120_000);

it("a model whose card can't be read is evaluated on its own label set as soon as somebody asks, and one that can't be says so", async () => {
  const others = (await files()).filter((file) => !isCard(file));
  await damageCard();
  expect(await cardOf(rewardId)).toEqual({ card: null, missing: "evaluating", hindrance: null });
  const { accuracy, slices, people, sentence } = made;
  expect((await evaluated(rewardId)).card).toMatchObject({ made: "later", accuracy, slices, people, sentence });
  expect((await files()).filter((file) => !isCard(file))).toEqual(others);
  expect(await evaluated(earlierId)).toEqual({ card: null, missing: "earlier", hindrance: "failed" });
}, 60_000);

it("without labels it is said that there is none, and why", async () => {
  const model = api.server.database.modelVersion;
  await damageCard();
  await model.update({ where: { id: rewardId }, data: { labelSetId: null } });
  expect(await cardOf(rewardId)).toEqual({ card: null, missing: "lost", hindrance: null });
  await model.update({ where: { id: rewardId }, data: { files: (await files()).filter((file) => !isCard(file)) } });
  expect(await cardOf(rewardId)).toEqual({ card: null, missing: "earlier", hindrance: null });
});
