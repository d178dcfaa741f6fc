import { type Demonstration, Message } from "@touchstone/contracts";
import type { BestAnswer } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";

const batchSize = 500;

/** Answers with their prompts and texts, read some at a time. */
export async function* demonstrationsOf(db: Database, answers: Iterable<BestAnswer>): AsyncGenerator<Demonstration> {
  let batch: BestAnswer[] = [];
  for (const answer of answers) {
    batch.push(answer);
    if (batch.length < batchSize) continue;
    yield* await read(db, batch);
    batch = [];
  }
  yield* await read(db, batch);
}

async function read(db: Database, batch: readonly BestAnswer[]): Promise<Demonstration[]> {
  const rows = await db.completion.findMany({
    where: { id: { in: batch.map(({ completionId }) => completionId) } },
    select: { id: true, text: true, prompt: { select: { id: true, messages: true, split: true } } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return batch.flatMap(({ completionId }): Demonstration[] => {
    const row = byId.get(completionId);
    if (row === undefined || row.text === null) return [];
    const { id: promptId, messages, split } = row.prompt;
    return [{ kind: "demonstration", promptId, prompt: z.array(Message).parse(messages), split, text: row.text }];
  });
}
