import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { PersonDependants } from "@touchstone/contracts";
import { textColumns } from "@touchstone/persistence";
import { expect } from "vitest";
import { openApi, type TestApi } from "./api-server.ts";
import { claimOne, projectAsking, sendAnswers } from "./asked-project.ts";
import { importFile, newProject } from "./import-file.ts";
import { mark, plant, wordFor } from "./planted-person.ts";
import { invite, newTenant, type Visitor } from "./visitor.ts";

/** A workspace in which people work whom somebody then erases. */
export interface ErasurePlace {
  readonly api: TestApi;
  readonly admin: Visitor;
  readonly workspaceId: string;
  /** Where they judge, and where they bring files. */
  readonly projectId: string;
  readonly elsewhere: string;
}

export async function openErasurePlace(): Promise<ErasurePlace> {
  const api = await openApi();
  const { admin, workspaceId } = await newTenant(api.server, "ada@example.org");
  const questions = [
    { name: "better", kind: "preference" },
    { name: "why", kind: "text" },
  ];
  const rows = Array.from({ length: 20 }, (_, i) => ({ prompt: `question ${i}`, completions: ["one", "two"] }));
  const projectId = await projectAsking(admin, questions, rows, 2);
  const elsewhere = await newProject(admin, "Elsewhere");
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
  return { api, admin, workspaceId, projectId, elsewhere };
}

export interface Person {
  readonly visitor: Visitor;
  readonly memberId: string;
  readonly userId: string;
  readonly name: string;
}

/** Somebody who has done, and written, one of everything that a person can. */
export async function atWork(place: ErasurePlace, name: string): Promise<Person> {
  const { api, admin, workspaceId, projectId, elsewhere } = place;
  const db = api.server.database;
  const email = `${name}@example.org`;
  const visitor = await invite(admin, "admin", email);
  const { id: memberId } = (await visitor.send("GET", "/api/session")).json<{ member: { id: string } }>().member;
  const { userId } = await db.member.findUniqueOrThrow({ where: { id: memberId } });
  for (const value of ["their words", "their words"]) {
    const task = await claimOne(visitor, projectId);
    const answers = { better: { choice: "graded", step: 2 }, why: { text: value } };
    expect(await sendAnswers(visitor, task, answers)).toMatchObject({ status: 201 });
  }
  const skipped = await claimOne(visitor, projectId);
  const asked = { taskId: skipped.taskId, text: "May I?", idempotencyKey: randomUUID() };
  expect((await visitor.send("POST", `/api/work/${projectId}/inquiries`, asked)).statusCode).toBeLessThan(300);
  const { id, token } = skipped.lease;
  const left = await visitor.send("POST", `/api/leases/${id}/skip`, { leaseToken: token, comment: "no" });
  expect(left.statusCode, left.body).toBeLessThan(300);
  await claimOne(visitor, projectId);
  // A question of somebody else's, answered by them.
  const task = await db.task.findFirstOrThrow({ where: { projectId } });
  const { memberId: adaId } = await db.session.findFirstOrThrow({ where: { member: { name: "Ada" } } });
  const data = { workspaceId, projectId, taskId: task.id, text: "Why?", idempotencyKey: randomUUID() };
  const inquiry = await db.inquiry.create({ data: { ...data, memberId: adaId } });
  await visitor.send("POST", `/api/projects/${projectId}/inquiries/${inquiry.id}/answer`, { text: "So." });
  const view = await visitor.send("POST", `/api/projects/${projectId}/views`, { name: `v ${name}`, filter: {} });
  expect(view.statusCode, view.body).toBe(201);
  const frozen = await visitor.send("POST", `/api/projects/${projectId}/label-sets`, { selection: { filter: {} } });
  expect(frozen.statusCode, frozen.body).toBe(200);
  await visitor.send("POST", "/api/tokens", { name: "script", role: "annotator" });
  await visitor.send("POST", "/api/links", { kind: "invitation", role: "annotator", note: "for a friend" });
  await importFile(visitor, elsewhere, { format: "prompts", fileName: "a.jsonl" }, [
    { prompt: `of ${name}`, completions: ["one", "two"] },
  ]);
  const ofFile = { workspaceId, projectId: elsewhere, memberId };
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db.spooledFile.create({ data: { ...ofFile, origin: "upload", name: "b.jsonl", expiresAt } });
  await db.importJob.create({
    data: { ...ofFile, fileId: randomUUID(), fileName: "b.jsonl", query: {}, state: "done", bytes: 1 },
  });
  await db.projectArchive.create({
    data: { workspaceId, direction: "in", state: "failed", name: "c.zip", askedById: memberId },
  });
  const sha256 = randomUUID();
  const model = { kind: "policy" as const, name: "One", files: [], sha256, parameters: 1, spec: {} };
  const { id: modelVersionId } = await db.modelVersion.create({ data: { ...model, workspaceId } });
  await db.modelPromotion.create({
    data: {
      workspaceId,
      projectId: elsewhere,
      kind: "policy",
      modelVersionId,
      cause: "person",
      reason: "better",
      promotedById: memberId,
      endedAt: new Date(),
    },
  });
  const other = await db.modelVersion.create({ data: { ...model, workspaceId, sha256: randomUUID() } });
  await db.arenaBattle.create({
    data: {
      ...{ workspaceId, projectId: elsewhere, memberId, sampling: {}, mostTurns: 1, idempotencyKey: randomUUID() },
      ...{ aModelId: modelVersionId, bModelId: other.id, aSeed: 1, bSeed: 2, reason: "why" },
      turns: { create: { number: 1, text: "What I ask", aText: "one", bText: "two" } },
    },
  });
  const brought = await db.task.findFirstOrThrow({ where: { projectId: elsewhere }, orderBy: { id: "desc" } });
  const what = { kind: "items", selection: { ids: [brought.id] } };
  // Their work elsewhere is left out, and somebody noted why.
  await db.leftOut.create({
    data: { workspaceId, projectId: elsewhere, memberId, actId: randomUUID(), reason: "other", note: "of them" },
  });
  const leftOut = await visitor.send("POST", `/api/projects/${elsewhere}/left-out`, {
    what,
    reason: "trial",
    note: "x",
  });
  expect(leftOut.statusCode, leftOut.body).toBe(200);
  // An act in the name of the token is told with its name.
  await plant(api.databaseUrl, { memberId, userId: userId ?? "", mark: `${mark}${name}` });
  const { name: planted } = await db.member.findUniqueOrThrow({ where: { id: memberId } });
  return { visitor, memberId, userId: userId ?? "", name: planted };
}

export async function dependantsOf({ admin }: ErasurePlace, id: string): Promise<PersonDependants> {
  return (await admin.send("GET", `/api/members/${id}/dependants`)).json<PersonDependants>();
}

/** @returns what was said to depend on them before */
export async function erase(
  place: ErasurePlace,
  { memberId, name }: Pick<Person, "memberId" | "name">,
  what: "identity" | "all",
): Promise<PersonDependants> {
  const seen = await dependantsOf(place, memberId);
  const sent = await place.admin.send("POST", `/api/members/${memberId}/erasure`, { what, name, stamp: seen.stamp });
  expect(sent.statusCode, sent.body).toBe(202);
  return seen;
}

export async function untilDone({ api }: ErasurePlace): Promise<void> {
  const { erasure } = api.server.database;
  await expect.poll(() => erasure.count({ where: { finishedAt: null } }), { timeout: 20_000 }).toBe(0);
}

/** Files of the store by their path in it: all, and those in which a word is. */
export function storeOf({ api: { filesDir } }: ErasurePlace) {
  const stored = () =>
    readdirSync(filesDir, { recursive: true })
      .map(String)
      .filter((path) => statSync(join(filesDir, path)).isFile());
  const storedWith = (word: string) => stored().filter((path) => readFileSync(join(filesDir, path)).includes(word));
  return { stored, storedWith };
}

/** What was planted of somebody, where who they are is held, or what they wrote, or both. */
export function plantedWords(name: string, of?: "identity" | "words"): string[] {
  return Object.entries(textColumns).flatMap(([table, columns]) =>
    Object.entries(columns).flatMap(([column, { holds }]) =>
      (of === undefined ? holds === "identity" || holds === "words" : holds === of) && column !== "subject"
        ? [wordFor(`${mark}${name}`, table, column)]
        : [],
    ),
  );
}
