import { type ItemPreferred, Questions } from "@touchstone/contracts";
import { orderedPairs } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { pairIsOpen } from "../evaluations/open-pairs.ts";
import { Prisma } from "../generated/client.ts";
import { answersOf } from "../judgements/stored-answers.ts";
import { writersOf } from "../standing/writers.ts";
import { byIndex } from "./by-index.ts";

const Row = z.object({
  taskId: z.uuid(),
  questions: Questions,
  answer: z.unknown(),
  shownOrder: z.array(z.number()),
  models: z.array(z.string().nullable()),
});

interface Wanted {
  readonly model: string;
  readonly against: string;
  readonly preferred: ItemPreferred;
}

/**
 * Of some items, those where somebody preferred one model's answer to another's, or neither. What is said of an open pair of
 * an evaluation is left out, or it would tell which answer is whose; simulated judgements are, as in the standing of models.
 */
export async function readPreferred(
  db: Database,
  taskIds: readonly string[],
  wanted: Wanted,
): Promise<ReadonlySet<string>> {
  if (taskIds.length === 0) return new Set();
  const rows = await byIndex<unknown>(
    db,
    Prisma.sql`SELECT e.task_id AS "taskId", e.questions, e.answer, e.shown_order AS "shownOrder", ${writersOf.keys} AS models
      FROM effective_judgement e JOIN task t ON t.id = e.task_id
      WHERE e.task_id = ANY (${taskIds}::uuid[]) AND e.source <> 'simulated'
        AND (t.evaluation_id IS NULL OR NOT ${pairIsOpen})`,
  );
  const fitting = z
    .array(Row)
    .parse(rows)
    .filter((row) => saysSo(row, wanted));
  return new Set(fitting.map(({ taskId }) => taskId));
}

function saysSo({ questions, answer, shownOrder, models }: z.infer<typeof Row>, wanted: Wanted): boolean {
  const [model, against] = [wanted.model.toLowerCase(), wanted.against.toLowerCase()];
  return orderedPairs(questions, answersOf(answer, questions), shownOrder, models.length).some(
    ({ one, other, won }) => {
      const isTurned = models[one] === against && models[other] === model;
      if (!isTurned && (models[one] !== model || models[other] !== against)) return false;
      if (won === "tie") return wanted.preferred === "tie";
      return wanted.preferred === ((won === "one") === isTurned ? "against" : "model");
    },
  );
}
