import { Message } from "@touchstone/contracts";
import type { JudgedCompletion, Split } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { inTellableOrder, openPairs } from "../evaluations/open-pairs.ts";
import { Prisma } from "../generated/client.ts";
import { readRows } from "../read-rows.ts";
import { pseudonym } from "./pseudonym.ts";
import {
  type CompletionRow,
  completionContext,
  Gold,
  keptOf,
  mediaOf,
  type PromptRow,
  promptContext,
  type RowContext,
} from "./row-context.ts";

const Messages = z.array(Message);

/** What somebody was shown, as a statement reads it. */
export interface ShownTaskRow {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly taskId: string;
  readonly promptId: string;
  readonly completionIds: readonly string[];
  readonly shownOrder: readonly number[];
  readonly evaluationId: string | null;
  readonly externalId: string | null;
  readonly taskMetadata: unknown;
}

/** The same with its texts, and what its file said of it. */
export interface ShownTask {
  readonly annotator: string;
  readonly prompt: Message[];
  readonly split: Split;
  readonly completions: readonly JudgedCompletion[];
  readonly shownOrder: readonly number[];
  /** Of an evaluation's pair that is still open: the answers stand as they were shown, and no model is named. */
  readonly blind: boolean;
  readonly context: Omit<RowContext, "vote">;
}

/** Prompts and answers are read once for all these rows: one prompt may have thousands of judgements. */
export async function tasksInContext<Row extends ShownTaskRow>(
  db: Database,
  rows: readonly Row[],
): Promise<(row: Row) => ShownTask> {
  const promptIds = [...new Set(rows.map((row) => row.promptId))];
  const completionIds = [...new Set(rows.flatMap((row) => row.completionIds))];
  const tasks = rows.map(({ taskId, evaluationId }) => ({ id: taskId, evaluationId }));
  const [open, prompts, completions] = await Promise.all([
    openPairs(db, tasks),
    readRows<PromptRow>(
      db,
      Prisma.sql`
        SELECT id, messages, split, nullif(cluster, hash) AS cluster, language, source_text AS "sourceText", sensitive, metadata
        FROM prompt WHERE id = ANY (${promptIds}::uuid[])`,
      "prompts-by-id",
    ),
    readRows<CompletionRow>(
      db,
      Prisma.sql`SELECT id, text, media, key, metadata FROM completion WHERE id = ANY (${completionIds}::uuid[])`,
      "completions-by-id",
    ),
  ]);
  const promptOf = new Map(
    prompts.map((prompt) => {
      const { id, messages, split } = prompt;
      return [id, { messages: Messages.parse(messages), split, context: promptContext(prompt) }];
    }),
  );
  const saidIn = new Map(completions.map(({ id, text, media }) => [id, { completionId: id, text, ...mediaOf(media) }]));
  const contextOf = new Map(completions.map((completion) => [completion.id, completionContext(completion)]));
  const annotators = new Map<string, string>();
  const nameOf = ({ workspaceId, memberId }: Row): string => {
    const name = annotators.get(memberId) ?? pseudonym(workspaceId, memberId);
    annotators.set(memberId, name);
    return name;
  };
  const shown = (row: Row): ShownTask => {
    const prompt = promptOf.get(row.promptId);
    if (prompt === undefined) throw new Error(`task ${row.taskId} has no prompt`);
    const blind = open.has(row.taskId);
    const told = inTellableOrder(row.completionIds, row.shownOrder, blind);
    return {
      annotator: nameOf(row),
      prompt: prompt.messages,
      split: prompt.split,
      completions: told.completions.map((completionId) => saidIn.get(completionId) ?? { completionId, text: null }),
      shownOrder: told.shownOrder,
      blind,
      context: {
        ...prompt.context,
        externalId: row.externalId,
        ...keptOf(row.taskMetadata),
        gold: row.taskMetadata === null ? null : (Gold.parse(row.taskMetadata).gold ?? null),
        completions: blind ? new Map() : new Map(row.completionIds.flatMap((id) => entryOf(contextOf, id))),
      },
    };
  };
  const known = new Map<string, ShownTask>();
  return (row) => {
    const task = known.get(row.taskId) ?? shown(row);
    known.set(row.taskId, task);
    // An open pair stands as each has seen it; of any other, all but two things are the same for all.
    if (task.blind) return shown(row);
    const { prompt, split, completions, blind, context } = task;
    return { annotator: nameOf(row), prompt, split, completions, shownOrder: row.shownOrder, blind, context };
  };
}

function entryOf<T>(map: ReadonlyMap<string, T>, id: string): [string, T][] {
  const value = map.get(id);
  return value === undefined ? [] : [[id, value]];
}
