import { EvaluationPairView, type PairOutcome, PreferenceAnswer, refused } from "@touchstone/contracts";
import { type Outcome, outcomeOf, scoreFor } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import { opaqueId } from "./opaque-ids.ts";
import { pairIsOpen } from "./open-pairs.ts";

const Judged = z.object({
  id: z.string(),
  by: z.string(),
  simulated: z.boolean(),
  answer: PreferenceAnswer,
  order: z.array(z.number().int()),
});

interface PairRow {
  taskId: string;
  prompt: unknown;
  open: boolean;
  /** In canonical order: the candidate's, then the baseline's. */
  texts: string[];
  judgements: unknown;
}

const degrees = { 1: "slightly", 2: "plainly", 3: "much" } as const;

function degreeOf(outcome: Outcome): EvaluationPairView["judgements"][number]["degree"] {
  const size = Math.abs(outcome);
  return size === 1 || size === 2 || size === 3 ? degrees[size] : null;
}

function choiceOf(answer: PreferenceAnswer, outcome: Outcome): EvaluationPairView["judgements"][number]["chose"] {
  if (answer.choice === "both-bad") return "both-bad";
  if (outcome === 0) return "tie";
  return outcome > 0 ? "candidate" : "baseline";
}

function outcomeOfPair(scores: readonly number[], open: boolean): PairOutcome {
  if (open) return "open";
  if (scores.length === 0) return "left-out";
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  if (mean === 0.5) return "tied";
  return mean > 0.5 ? "won" : "lost";
}

/**
 * In an order of each pair's own: one policy may begin all its answers with the same word, so that even the order of the
 * alphabet would put it on the same side throughout.
 */
export function blindAnswers({ taskId, texts }: Pick<PairRow, "taskId" | "texts">): EvaluationPairView["answers"] {
  const places = texts.map((text) => ({ text, place: opaqueId(taskId, text) }));
  return places
    .toSorted((one, other) => (one.place < other.place ? -1 : 1))
    .map(({ text }) => ({ text, policy: null }));
}

function toPair(row: PairRow): EvaluationPairView {
  const judged = z
    .array(Judged)
    .parse(row.judgements)
    .map((one) => ({ ...one, outcome: outcomeOf(one.answer, one.order) }));
  const outcome = outcomeOfPair(
    judged.map((one) => scoreFor("a", one.outcome)),
    row.open,
  );
  const answers = row.texts.map((text, place) => ({ text, policy: place === 0 ? "candidate" : "baseline" }));
  return EvaluationPairView.parse({
    taskId: row.taskId,
    prompt: row.prompt,
    answers: row.open ? blindAnswers(row) : answers,
    outcome,
    judgements: row.open
      ? []
      : judged.map(({ id, by, simulated, answer, outcome: one }) => ({
          id,
          by,
          simulated,
          chose: choiceOf(answer, one),
          degree: degreeOf(one),
        })),
  });
}

/**
 * The pairs of an evaluation in a fixed order; `cursor` is the task of the last one of the page before. An evaluation
 * has at most some thousand prompts, so the outcome is chosen after reading them.
 * @throws DomainError not_found; conflict where several policies are compared.
 */
export async function listEvaluationPairs(
  db: Database,
  workspaceId: string,
  id: string,
  query: { cursor?: string | undefined; limit: number; outcome?: PairOutcome | undefined },
): Promise<{ items: EvaluationPairView[]; next: string | null }> {
  const evaluation = await db.evaluation.findFirst({
    where: { id, workspaceId },
    select: { _count: { select: { others: true } } },
  });
  if (!evaluation) throw refused("notThere", { kind: "evaluation" });
  if (evaluation._count.others > 0) throw refused("pairsOfSeveral");
  const rows = await db.$queryRaw<PairRow[]>`
    SELECT t.id AS "taskId", p.messages AS prompt, ${pairIsOpen} AS open,
           ARRAY(SELECT coalesce(c.text, '') FROM unnest(t.completion_ids) WITH ORDINALITY AS listed (id, place)
                 JOIN completion c ON c.id = listed.id ORDER BY listed.place) AS texts,
           coalesce((SELECT jsonb_agg(jsonb_build_object('id', j.id, 'by', m.name, 'simulated', j.source = 'simulated',
                       'answer', j.answer, 'order', to_jsonb(j.shown_order)) ORDER BY j.id)
                     FROM effective_judgement j JOIN member m ON m.id = j.member_id
                     WHERE j.task_id = t.id), '[]') AS judgements
    FROM task t JOIN prompt p ON p.id = t.prompt_id
    WHERE t.evaluation_id = ${id}::uuid AND t.workspace_id = ${workspaceId}::uuid
      AND (${query.cursor ?? null}::uuid IS NULL OR t.id > ${query.cursor ?? null}::uuid)
    ORDER BY t.id`;
  const pairs = rows.map(toPair).filter((pair) => query.outcome === undefined || pair.outcome === query.outcome);
  const items = pairs.slice(0, query.limit);
  return { items, next: pairs.length > query.limit ? (items.at(-1)?.taskId ?? null) : null };
}
