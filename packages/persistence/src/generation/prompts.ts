import { Message, type Split } from "@touchstone/contracts";
import { z } from "zod";
import type { Database, Transaction } from "../client.ts";
import { Prisma } from "../generated/client.ts";

export interface PromptForGeneration {
  id: string;
  messages: Message[];
}

/** Turns that call tools or hold their results, as a path of JSON finds them. */
export const toolTurns = '$[*] ? (@.role == "tool" || exists(@.tool_calls))';

/**
 * Policies read texts: what a picture or a sound asks, they can't answer, and calls of tools they can't read. What annotators
 * wrote in the arena is none of the project's own: what a run made of it would be handed out to others.
 */
const readable = Prisma.sql`NOT prompt.arena AND NOT EXISTS (SELECT FROM media_use u WHERE u.prompt_id = prompt.id)
  AND NOT messages @? ${toolTurns}::jsonpath`;

/**
 * Prompts that a policy is to answer, in an order that depends on the seed alone, so that a resumed run meets the
 * same ones. Evaluation prompts come from the test split, candidates from the other two: labels on
 * validation prompts are what a reward model is measured on.
 */
export async function promptsForGeneration(
  db: Database,
  where: { workspaceId: string; projectId: string; evaluation: boolean },
  seed: number,
  limit: number,
): Promise<PromptForGeneration[]> {
  const rows = await db.$queryRaw<{ id: string; messages: unknown }[]>`
    SELECT id, messages FROM prompt
    WHERE workspace_id = ${where.workspaceId}::uuid AND project_id = ${where.projectId}::uuid AND (split = 'test') = ${where.evaluation}
      AND ${readable}
    ORDER BY md5(${String(seed)} || hash), id LIMIT ${limit}`;
  return rows.map((row) => ({ id: row.id, messages: z.array(Message).parse(row.messages) }));
}

/** These of a project's prompts, as far as they are there. */
export async function promptsById(
  db: Database,
  where: { workspaceId: string; projectId: string },
  ids: string[],
): Promise<PromptForGeneration[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<{ id: string; messages: unknown }[]>`
    SELECT id, messages FROM prompt WHERE id = ANY (${ids}::uuid[])
      AND workspace_id = ${where.workspaceId}::uuid AND project_id = ${where.projectId}::uuid ORDER BY id`;
  return rows.map((row) => ({ id: row.id, messages: z.array(Message).parse(row.messages) }));
}

/** How many prompts an evaluation can ask: those of the test split. */
export async function countEvaluationPrompts(
  db: Database | Transaction,
  workspaceId: string,
  projectId: string,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM prompt
    WHERE workspace_id = ${workspaceId}::uuid AND project_id = ${projectId}::uuid AND split = 'test' AND ${readable}`;
  return row?.count ?? 0;
}

/** No more prompts than there are; without any the number stands, and the run that finds none ends and says so. */
export async function evaluationSize(
  tx: Transaction,
  { workspaceId, projectId }: { workspaceId: string; projectId: string },
  asked: number,
): Promise<number> {
  const available = await countEvaluationPrompts(tx, workspaceId, projectId);
  return available === 0 ? asked : Math.min(asked, available);
}

/** All prompts of a project with their permanent splits, for trainers that sample their own answers. */
export async function promptsForTraining(
  db: Database,
  workspaceId: string,
  projectId: string,
): Promise<{ promptId: string; prompt: Message[]; split: Split }[]> {
  const rows = await db.$queryRaw<{ id: string; messages: unknown; split: Split }[]>`
    SELECT id, messages, split FROM prompt
    WHERE workspace_id = ${workspaceId}::uuid AND project_id = ${projectId}::uuid AND ${readable} ORDER BY hash`;
  return rows.map((row) => ({
    promptId: row.id,
    prompt: z.array(Message).parse(row.messages),
    split: row.split,
  }));
}

/** Changes whenever a project's prompts do. */
export async function promptsVersion(db: Database, workspaceId: string, projectId: string): Promise<string> {
  const [row] = await db.$queryRaw<{ count: bigint; last: string | null }[]>`
    SELECT count(*) AS count, max(id::text) AS last FROM prompt
    WHERE workspace_id = ${workspaceId}::uuid AND project_id = ${projectId}::uuid`;
  return `${row?.count ?? 0}.${row?.last ?? "none"}`;
}

export interface SampledPrompts {
  /** Prompts that there are. */
  readonly total: number;
  readonly prompts: readonly { readonly messages: Message[]; readonly split: Split }[];
}

/** All prompts, or, of more than `most`, an even sample that is the same at each look. */
export async function samplePrompts(
  db: Database,
  workspaceId: string,
  projectId: string,
  most: number,
): Promise<SampledPrompts> {
  const rows = await db.$queryRaw<{ messages: unknown; split: Split; total: number }[]>`
    SELECT messages, split, count(*) OVER ()::int AS total FROM prompt
    WHERE workspace_id = ${workspaceId}::uuid AND project_id = ${projectId}::uuid AND ${readable}
    ORDER BY hash LIMIT ${most}`;
  const total = rows[0]?.total ?? 0;
  return { total, prompts: rows.map((row) => ({ split: row.split, messages: z.array(Message).parse(row.messages) })) };
}

/** What a rule or a simulated annotator needs to know about prompts, and people never see. */
export async function promptMetadata(db: Database, ids: string[]): Promise<Map<string, unknown>> {
  const rows = await db.prompt.findMany({ where: { id: { in: ids } }, select: { id: true, metadata: true } });
  return new Map(rows.map((row) => [row.id, row.metadata]));
}
