import { type Demonstration, Message } from "@touchstone/contracts";
import type { BestAnswer } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { completionContext, promptContext, type RowContext } from "../label-sets/row-context.ts";

export interface DemonstrationInContext {
  readonly form: Demonstration;
  readonly context: Omit<RowContext, "vote" | "externalId" | "gold">;
}

const batchSize = 500;

/** Answers with their prompts and texts, read some at a time. */
export async function* demonstrationsOf(
  db: Database,
  answers: Iterable<BestAnswer>,
): AsyncGenerator<DemonstrationInContext> {
  let batch: BestAnswer[] = [];
  for (const answer of answers) {
    batch.push(answer);
    if (batch.length < batchSize) continue;
    yield* await read(db, batch);
    batch = [];
  }
  yield* await read(db, batch);
}

async function read(db: Database, batch: readonly BestAnswer[]): Promise<DemonstrationInContext[]> {
  const rows = await db.completion.findMany({
    where: { id: { in: batch.map(({ completionId }) => completionId) } },
    select: { id: true, text: true, key: true, metadata: true, prompt: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return batch.flatMap(({ completionId }): DemonstrationInContext[] => {
    const row = byId.get(completionId);
    if (row === undefined || row.text === null) return [];
    const { id: promptId, messages, split, hash } = row.prompt;
    const cluster = row.prompt.cluster === hash ? null : row.prompt.cluster;
    const prompt = z.array(Message).parse(messages);
    return [
      {
        form: { kind: "demonstration", promptId, prompt, split, text: row.text },
        context: {
          ...promptContext({ ...row.prompt, cluster }),
          completions: new Map([[completionId, completionContext(row)]]),
        },
      },
    ];
  });
}
