import type { Message } from "@touchstone/contracts";
import { Message as MessageSchema } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";

export interface PromptForGeneration {
  id: string;
  messages: Message[];
}

/**
 * Prompts that a policy is to answer, in an order that depends on the seed alone, so that a resumed run meets the
 * same ones. Evaluation prompts come from the test split and candidates from the training split.
 */
export async function promptsForGeneration(
  db: Database,
  where: { workspaceId: string; projectId: string; split: "train" | "test" },
  seed: number,
  limit: number,
): Promise<PromptForGeneration[]> {
  const rows = await db.$queryRaw<{ id: string; messages: unknown }[]>`
    SELECT id, messages FROM prompt
    WHERE workspace_id = ${where.workspaceId}::uuid AND project_id = ${where.projectId}::uuid AND split::text = ${where.split}
    ORDER BY md5(${String(seed)} || hash), id LIMIT ${limit}`;
  return rows.map((row) => ({ id: row.id, messages: z.array(MessageSchema).parse(row.messages) }));
}
