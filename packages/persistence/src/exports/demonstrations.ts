import { type Demonstration, Message } from "@touchstone/contracts";
import type { BestAnswer } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { completionContext, Gold, keptOf, mediaOf, promptContext, type RowContext } from "../label-sets/row-context.ts";

export interface DemonstrationInContext {
  readonly form: Demonstration;
  /** With the vote where it is what somebody wrote; an answer that people liked is of several. */
  readonly context: Omit<RowContext, "vote"> & Partial<Pick<RowContext, "vote">>;
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
    select: { id: true, text: true, media: true, key: true, metadata: true, prompt: true },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const itemOf = await itemsOf(db, batch);
  return batch.flatMap(({ completionId }): DemonstrationInContext[] => {
    const row = byId.get(completionId);
    if (row === undefined || (row.text === null && row.media === null)) return [];
    const { id: promptId, messages, split, hash } = row.prompt;
    const cluster = row.prompt.cluster === hash ? null : row.prompt.cluster;
    const prompt = z.array(Message).parse(messages);
    return [
      {
        form: { kind: "demonstration", promptId, prompt, split, text: row.text ?? "", ...mediaOf(row.media) },
        context: {
          ...promptContext({ ...row.prompt, cluster }),
          ...itemOf(completionId),
          completions: new Map([[completionId, completionContext(row)]]),
        },
      },
    ];
  });
}

/**
 * The id, the gold label and the metadata that its file gave the item of an answer. One answer may lie in tasks of several items, to
 * none of which it belongs more than to the others: then it has none of what they say differently.
 */
async function itemsOf(db: Database, batch: readonly BestAnswer[]) {
  const tasks = await db.task.findMany({
    where: { promptId: { in: batch.map(({ promptId }) => promptId) }, evaluationId: null },
    select: { completionIds: true, externalId: true, metadata: true },
  });
  const tasksOf = new Map(batch.map(({ completionId }) => [completionId, [] as typeof tasks]));
  for (const task of tasks) for (const id of task.completionIds) tasksOf.get(id)?.push(task);
  return (completionId: string) => {
    const of = tasksOf.get(completionId) ?? [];
    return {
      externalId: agreed(of.map(({ externalId }) => externalId)),
      gold: agreed(of.map(({ metadata }) => Gold.parse(metadata ?? {}).gold ?? null)),
      ...keptBy(of.map(({ metadata }) => keptOf(metadata).metadata)),
    };
  };
}

function keptBy(said: readonly RowContext["metadata"][]): Pick<RowContext, "metadata"> {
  const [first, ...others] = said;
  const differ = others.some((one) => JSON.stringify(one) !== JSON.stringify(first));
  return first === undefined || differ ? {} : { metadata: first };
}

/** What all of them say; null where they differ, or where there are none. */
function agreed(values: readonly (string | null)[]): string | null {
  const [first = null, ...others] = new Set(values);
  return others.length > 0 ? null : first;
}
