import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { TestApi } from "./api-server.ts";
import { claimOne } from "./asked-project.ts";
import { importFile } from "./import-file.ts";
import { submissionFor } from "./labelling-project.ts";
import { png, wav } from "./made-media.ts";
import { storeFiles } from "./store-files.ts";
import { keptMedia } from "./upload-media.ts";
import { invite, type Visitor } from "./visitor.ts";

const questions = [
  { name: "better", kind: "preference" },
  { name: "aspects", kind: "aspects", settings: { aspects: ["clear", "true"] } },
  { name: "topics", kind: "choice", settings: { options: ["one", "two"] } },
  { name: "why", kind: "text" },
];

const client = { locale: "en", viewport: "390x800", input: "touch" };
const timings = { visibleMs: 900, activeMs: 800 };

/**
 * A project with a row in every table that a project can have rows in: prompts with pictures and sounds, several questions,
 * guidelines, corrections, skips, undone and imported votes, what was left out, label sets, runs, models, an evaluation.
 *
 * @returns its id, and who judged
 */
export async function filledProject(api: TestApi, admin: Visitor, workspaceId: string) {
  const db = api.server.database;
  const made = await admin.send("POST", "/api/projects", {
    ...{
      name: "Full “of” everything",
      overlap: 2,
      repeatShare: 0.5,
      guideline: "Read both.\n\\ \t“Quoted”",
      mustRead: true,
    },
  });
  const { id: projectId } = made.json<{ id: string }>();
  const at = (path: string) => `/api/projects/${projectId}${path}`;
  const done = async (method: "POST" | "PATCH", path: string, body: object, who = admin) => {
    const answer = await who.send(method, path, body);
    expect(answer.statusCode, `${path}: ${answer.body}`).toBeLessThan(300);
    return answer.body === "" ? {} : answer.json<Record<string, string>>();
  };
  await done("PATCH", at(""), { guideline: "Read both, twice.", mustRead: true });
  await done("POST", at("/translations"), {
    language: "zh",
    name: "满",
    guideline: { version: 2, text: "两遍都读。" },
  });
  await done("POST", at("/questionnaires"), { name: "own", questions });
  await keptMedia(admin, projectId, "a.png", png(16, 16, [200, 10, 10]));
  await keptMedia(admin, projectId, "b.wav", wav(0.2));
  const content = [
    { type: "text", text: "What is this?" },
    { type: "image_url", image_url: { url: "a.png" }, alt: "a square" },
  ];
  const shown = [{ role: "user", content }];
  const rows = Array.from({ length: 12 }, (_, n) => ({
    id: `row ${n}`,
    prompt: n === 0 ? shown : `Why ${n}? \\n “quoted” \u2028 日本`,
    completions: [`Because\nof ${n}.`, `No\t${n}.`],
  }));
  expect((await importFile(admin, projectId, { format: "prompts", question: "own" }, rows)).statusCode).toBe(201);
  expect(
    (await importFile(admin, projectId, { format: "prompts", question: "own" }, rows.slice(0, 1))).statusCode,
  ).toBeLessThan(300);
  const votes = [1, 2].map((n) => ({
    ...{ prompt: `Voted ${n}?`, chosen: "Yes.", rejected: "No.", annotator: "Zhou Yi", margin: 1.5 },
  }));
  const voted = await importFile(admin, projectId, { format: "trl-preference" }, votes);
  expect(voted.statusCode, voted.body).toBe(201);
  const people = [
    await invite(admin, "annotator", "bob@example.org"),
    await invite(admin, "annotator", "cleo@example.org"),
  ];
  const judged: string[] = [];
  for (const who of people) {
    for (let n = 0; n < 4; n++) {
      const task = await claimOne(who, projectId);
      const isOwn = task.questions.some(({ name }) => name === "why");
      const own = {
        better: { choice: "graded", step: n + 1 },
        aspects: { ratings: { clear: [4, 1 + n], true: [2, 3] } },
        topics: { chosen: ["two"] },
        why: { text: `So ${n}: \\ "quoted"` },
      };
      const answers = isOwn ? own : { preference: { choice: "graded", step: 2 } };
      const { answer: _, ...submission } = submissionFor(task);
      const sent = await who.send("POST", "/api/judgements", { ...submission, answers });
      expect(sent.statusCode, `${sent.body} ${JSON.stringify(task.questions)}`).toBe(201);
      judged.push(sent.json<{ judgementId: string }>().judgementId);
      if (n === 0 && isOwn) {
        const corrected = { ...own, topics: { chosen: ["one"] } };
        const body = { idempotencyKey: randomUUID(), answers: corrected, timings, client };
        await done("POST", `/api/judgements/${judged.at(-1)}/correct`, body, who);
      }
      if (n === 2) await done("POST", `/api/judgements/${judged.at(-1)}/undo`, { idempotencyKey: randomUUID() }, who);
    }
    const skipped = await claimOne(who, projectId);
    await done(
      "POST",
      `/api/work/${projectId}/inquiries`,
      {
        ...{ taskId: skipped.taskId, text: "May I?", idempotencyKey: randomUUID() },
      },
      who,
    );
    await done("POST", `/api/leases/${skipped.lease.id}/skip`, { leaseToken: skipped.lease.token, comment: "no" }, who);
    // One stays on the desk.
    await claimOne(who, projectId);
  }
  const [inquiry] = await db.inquiry.findMany({ where: { projectId } });
  await done("POST", at(`/inquiries/${inquiry?.id}/answer`), { text: "You may.", forAll: true });
  await done("POST", at(`/remarks/${inquiry?.id}/done`), { done: true });
  await done("PATCH", at("/batches"), { number: 100, name: "First" });
  await done("POST", at("/views"), { name: "Mine", filter: {} });
  const reading = { format: "prompts", mapping: null, question: null, together: null };
  await done("POST", at("/mappings"), { name: "Mine", header: ["prompt"], reading });
  const set = await done("POST", at("/label-sets"), { name: "Whole", selection: { filter: {} } });
  await done("PATCH", `/api/label-sets/${set.id}`, { latest: true });
  const [left] = await db.task.findMany({ where: { projectId, judgements: { some: {} } }, take: 1 });
  await done("POST", at("/left-out"), {
    what: { kind: "items", selection: { ids: [left?.id] } },
    reason: "trial",
    note: "x",
  });
  await madeUp(api, { workspaceId, projectId, labelSetId: String(set.id) });
  return { projectId, labelSetId: String(set.id), people };
}

interface At {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly labelSetId: string;
}

/** What takes workers, models and deletions to come about. */
async function madeUp({ server: { database: db }, filesDir }: TestApi, { workspaceId, projectId, labelSetId }: At) {
  const bare = { workspaceId, projectId, spec: {}, seed: 1 };
  const base = { workspaceId, kind: "policy" as const, parameters: 1, spec: {} };
  const shared = await db.modelVersion.create({
    data: { ...base, name: "Base", sha256: "base", files: await storeFiles(filesDir, "models/base", weights("base")) },
  });
  const run = await db.run.create({
    data: {
      ...bare,
      kind: "sft",
      name: "Done",
      state: "succeeded",
      labelSetId,
      policyId: shared.id,
      finishedAt: new Date(),
    },
  });
  const waits = await db.run.create({
    data: { ...bare, kind: "reward", name: "Waits", state: "waiting", waitsForId: run.id },
  });
  await db.metric.createMany({
    data: [1, 2].map((step) => ({ workspaceId, runId: run.id, name: "loss", step, value: 1 / 3 / step })),
  });
  const asked = await db.prompt.findFirstOrThrow({ where: { projectId } });
  await db.endpointCall.createMany({
    data: ["again", "answered"].map((state, at) => ({
      ...{ workspaceId, runId: run.id, promptId: asked.id, place: 0, attempt: at + 1, state, seed: 7 },
      ...{ reservedTokens: 80, reservedMoney: 0.1 + 0.2, reason: at === 0 ? "endpointBusy" : null },
      ...(at === 0 ? { reasonValues: { host: "models.example", status: 429 } } : { text: "Wärme", answerTokens: 3 }),
    })),
  });
  const files = await storeFiles(filesDir, `runs/${run.id}/1/model`, weights("tuned"));
  const tuned = await db.modelVersion.create({
    data: { ...base, projectId, name: "Tuned", sha256: "tuned", files, runId: run.id, labelSetId, parentId: shared.id },
  });
  const used = { workspaceId, projectId, kind: "policy" as const, cause: "newest" };
  await db.modelPromotion.create({ data: { ...used, modelVersionId: tuned.id, formerId: shared.id } });
  const asks = {
    workspaceId,
    projectId,
    baselineId: shared.id,
    candidateId: tuned.id,
    prompts: 1,
    overlap: 2,
    seed: 1,
  };
  const evaluation = await db.evaluation.create({ data: { ...asks, state: "judging", name: "Both" } });
  await db.evaluationOther.create({
    data: { workspaceId, evaluationId: evaluation.id, place: 2, modelVersionId: tuned.id },
  });
  await db.run.update({ where: { id: waits.id }, data: { evaluationId: evaluation.id } });
  const [task] = await db.task.findMany({ where: { projectId, judgements: { none: {} } }, take: 1 });
  await db.task.update({ where: { id: task?.id ?? "" }, data: { evaluationId: evaluation.id } });
  await db.completion.updateMany({
    where: { id: { in: task?.completionIds ?? [] } },
    data: { modelVersionId: tuned.id },
  });
  // As generation has them when it makes a task.
  await db.$queryRaw`SELECT 1 FROM document_anew(ARRAY[${task?.id}]::uuid[])`;
  await db.labelSetTombstone.create({
    data: { workspaceId, labelSetId, judgementId: randomUUID(), lineSha256: "a".repeat(64), why: "erased" },
  });
  await db.notice.create({ data: { workspaceId, projectId, batch: 100, tasks: 1, judgements: 2 } });
}

const weights = (of: string) => new Map([["model.safetensors", Buffer.from(`weights of ${of}`)]]);
