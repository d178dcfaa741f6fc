import { randomUUID } from "node:crypto";
import type { LeasedTask } from "@touchstone/contracts";
import { freezeLabelSet, streamLabelSet } from "@touchstone/persistence";
import { expect } from "vitest";
import type { TestApi } from "./api-server.ts";
import { importFile, newProject } from "./import-file.ts";
import { submissionFor } from "./labelling-project.ts";
import type { Visitor } from "./visitor.ts";

/** A project that asks these questions of some rows. @returns its id. */
export async function projectAsking(
  admin: Visitor,
  questions: readonly object[],
  rows: readonly object[],
  overlap = 1,
): Promise<string> {
  const projectId = await newProject(admin, `Asks ${randomUUID()}`, overlap);
  const written = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "own", questions });
  expect(written.statusCode, written.body).toBe(200);
  const imported = await importFile(admin, projectId, { format: "prompts", question: "own" }, rows);
  expect(imported.statusCode, imported.body).toBe(201);
  return projectId;
}

/** Sends answers to a task. @returns the status, and where and why it was refused. */
export async function sendAnswers(who: Visitor, task: LeasedTask, answers: object) {
  const { answer: _, ...submission } = submissionFor(task);
  const sent = await who.send("POST", "/api/judgements", { ...submission, answers });
  return { status: sent.statusCode, ...sent.json<{ path?: string; message?: string }>() };
}

/** Judges so many tasks that somebody is given. */
export async function judgeAll(
  who: Visitor,
  projectId: string,
  tasks: number,
  answersTo: (task: LeasedTask) => object,
): Promise<void> {
  for (let done = 0; done < tasks; done++) {
    const task = await claimOne(who, projectId);
    const sent = await sendAnswers(who, task, answersTo(task));
    expect(sent, JSON.stringify(sent)).toMatchObject({ status: 201 });
  }
}

/** The next task of a project, by way of the API; a guideline that is to be read first is read. */
export async function claimOne(visitor: Visitor, projectId: string): Promise<LeasedTask> {
  const claim = () => visitor.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  let claimed = await claim();
  if (claimed.json<{ reason?: string }>().reason === "unreadGuideline") {
    const { version } = claimed.json<{ values: { version: number } }>().values;
    await visitor.send("POST", `/api/work/${projectId}/guideline-readings`, { version });
    claimed = await claim();
  }
  const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  if (!task) throw new Error("no task");
  return task;
}

/** What learning reads of a project's judgements, by way of a frozen label set. */
export async function formsOf({ server: { database: db } }: TestApi, projectId: string): Promise<unknown[]> {
  const { workspaceId } = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const frozen = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
  const forms: unknown[] = [];
  for await (const form of streamLabelSet(db, frozen.id)) forms.push(form);
  return forms;
}
