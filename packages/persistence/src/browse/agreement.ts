import { type ItemAgreement, Questions } from "@touchstone/contracts";
import { type AnsweredTask, shareOfEqualPairs } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { answersOf } from "../judgements/stored-answers.ts";
import { byIndex } from "./by-index.ts";

const Row = z.object({
  taskId: z.uuid(),
  questions: Questions,
  answer: z.unknown(),
  shownOrder: z.array(z.number()),
  completions: z.number(),
});

export interface ReadAgreement {
  /** Of the pairs of people who answered, the share that said the same; null where there is none to compare. */
  readonly share: number | null;
  readonly standing: ItemAgreement;
}

/** How people's counted answers to some items stand to each other; items that nobody has judged are `single`. */
export async function readAgreements(
  db: Database,
  taskIds: readonly string[],
): Promise<ReadonlyMap<string, ReadAgreement>> {
  if (taskIds.length === 0) return new Map();
  const rows = await byIndex<unknown>(
    db,
    Prisma.sql`SELECT e.task_id AS "taskId", e.questions, e.answer, e.shown_order AS "shownOrder",
      cardinality(e.completion_ids) AS completions
    FROM effective_judgement e WHERE e.task_id = ANY (${taskIds}::uuid[]) AND e.source <> 'simulated'`,
  );
  const answered = new Map<string, AnsweredTask[]>(taskIds.map((id) => [id, []]));
  for (const { taskId, answer, questions, ...row } of z.array(Row).parse(rows)) {
    answered.get(taskId)?.push({ ...row, questions, answers: answersOf(answer, questions) });
  }
  return new Map([...answered].map(([id, answers]) => [id, standingOf(shareOfEqualPairs(answers))]));
}

function standingOf(share: number | null): ReadAgreement {
  if (share === null) return { share, standing: "single" };
  return { share, standing: share === 1 ? "same" : "differ" };
}
