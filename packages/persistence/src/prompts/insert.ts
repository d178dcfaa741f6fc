import { createHash } from "node:crypto";
import type { Message, StandardName } from "@touchstone/contracts";
import type { Transaction } from "../client.ts";
import type { Prisma } from "../generated/client.ts";

export interface NewPrompt {
  messages: Message[];
  language: string | null;
  sourceText: string | null;
  /** Prompts of one cluster never cross splits. */
  cluster: string;
  split: "train" | "validation" | "test";
  metadata: Prisma.InputJsonObject;
  answers: string[];
}

/** The same messages are the same prompt, however often they come. */
export function promptHash(messages: Message[]): string {
  const plain = messages.map(({ role, content, media, tool_calls, tool_call_id, name }) => [
    ...[role, content],
    ...(media === undefined ? [] : [media.map(({ sha256 }) => sha256)]),
    // In an object, so that they are never taken for files.
    ...((tool_calls ?? tool_call_id ?? name) ? [{ tool_calls, tool_call_id, name }] : []),
  ]);
  return createHash("sha256").update(JSON.stringify(plain)).digest("hex");
}

/** Prompts with answers written for them, in the given order; answers are keyed by their place. Returns ids by place. */
export async function insertPrompts(
  tx: Transaction,
  project: { workspaceId: string; projectId: string },
  prompts: NewPrompt[],
): Promise<{ promptId: string; completionIds: string[] }[]> {
  const rows = await tx.prompt.createManyAndReturn({
    data: prompts.map(({ answers: _answers, messages, ...prompt }) => ({
      ...prompt,
      ...project,
      messages: messages.map((message) => ({ ...message })),
      hash: promptHash(messages),
    })),
    select: { id: true, hash: true },
  });
  const ids = new Map(rows.map((row) => [row.hash, row.id]));
  const placed = prompts.map((prompt) => {
    const promptId = ids.get(promptHash(prompt.messages));
    if (!promptId) throw new Error("Postgres returned fewer prompts than were given");
    return { prompt, promptId };
  });
  const completions = await tx.completion.createManyAndReturn({
    data: placed.flatMap(({ prompt, promptId }) =>
      prompt.answers.map((text, index) => ({ workspaceId: project.workspaceId, promptId, text, key: String(index) })),
    ),
    select: { id: true, promptId: true, key: true },
  });
  const byPlace = new Map(completions.map((row) => [`${row.promptId} ${row.key}`, row.id]));
  return placed.map(({ prompt, promptId }) => ({
    promptId,
    completionIds: prompt.answers.map((_, index) => byPlace.get(`${promptId} ${index}`) ?? ""),
  }));
}

export interface NewTask {
  promptId: string;
  completionIds: string[];
  overlap: number;
  reason: string;
}

/** Tasks of a standard questionnaire; pairs for preference, single answers for rating. */
export async function insertTasks(
  tx: Transaction,
  project: { workspaceId: string; projectId: string },
  name: StandardName,
  tasks: NewTask[],
): Promise<void> {
  const { id } = await tx.questionnaire.findFirstOrThrow({ where: { projectId: project.projectId, name, version: 1 } });
  await tx.task.createMany({ data: tasks.map((task) => ({ ...task, ...project, questionnaireId: id })) });
}
