import { namesItself } from "@touchstone/datasets";
import type { Database, Transaction } from "../client.ts";
import type { GeneratedAnswer } from "../generation/insert.ts";
import { type PromptForGeneration, promptsById, promptsForGeneration } from "../generation/prompts.ts";
import { type Fence, holdFence } from "../runs/fencing.ts";

interface Scope {
  readonly workspaceId: string;
  readonly projectId: string;
}

/** How far a run has come with one answer that it wants. */
export interface AskedPlace {
  readonly promptId: string;
  readonly place: number;
  readonly done: boolean;
  /** Calls without an answer; those that were lost with their worker are no fault of the endpoint's. */
  readonly attempts: number;
}

/**
 * Takes up what a run has asked so far. Calls that were under way when its last worker died are written off: what became of
 * them is not known, so they stay counted in the budget, and are asked again.
 *
 * @returns each place that was asked, and how many calls of this run were ever lost.
 * @throws FencedOffError
 */
export async function takeUpAsking(
  db: Database,
  fence: Fence,
): Promise<{ places: readonly AskedPlace[]; lost: number }> {
  return db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.$executeRaw`
      UPDATE endpoint_call SET state = 'lost', ended_at = clock_timestamp()
      WHERE run_id = ${fence.runId}::uuid AND state = 'asked'`;
    const places = await tx.$queryRaw<AskedPlace[]>`
      SELECT prompt_id AS "promptId", place::int AS place, bool_or(state IN ('answered', 'failed')) AS done,
        (count(*) FILTER (WHERE state = 'again'))::int AS attempts
      FROM endpoint_call WHERE run_id = ${fence.runId}::uuid GROUP BY prompt_id, place`;
    const lost = await tx.endpointCall.count({ where: { runId: fence.runId, state: "lost" } });
    return { places, lost };
  });
}

/** How many answers a run wants, and how many of them are there or given up. @throws FencedOffError */
export async function countWanted(db: Database, fence: Fence, wanted: number, done: number): Promise<void> {
  await db.$transaction(async (tx) => {
    await holdFence(tx, fence);
    await tx.run.update({ where: { id: fence.runId }, data: { totalSteps: wanted, step: done } });
  });
}

/** Those that a run has begun with come first, so that prompts which were added meanwhile take no place of theirs. */
export async function promptsToAsk(
  db: Database,
  where: Scope,
  { seed, limit, begun }: { seed: number; limit: number; begun: ReadonlySet<string> },
): Promise<PromptForGeneration[]> {
  const first = await promptsById(db, where, [...begun]);
  const all = await promptsForGeneration(db, { ...where, evaluation: false }, seed, limit);
  return [...first, ...all.filter(({ id }) => !begun.has(id))].slice(0, Math.max(limit, first.length));
}

/**
 * All that the endpoint has answered, in the order of prompts and places. Those that say what they are are marked, so that
 * nobody is asked about them unawares.
 *
 * @param model as the endpoint calls it: the name under which its answers are kept.
 */
export async function endpointAnswers(db: Database, runId: string, model: string): Promise<GeneratedAnswer[]> {
  const rows = await db.endpointCall.findMany({
    where: { runId, state: "answered" },
    orderBy: [{ promptId: "asc" }, { place: "asc" }],
    select: { promptId: true, text: true, finishReason: true, seed: true },
  });
  return rows.map(({ promptId, text, finishReason, seed }) => {
    const answer = { promptId, text: text ?? "", finishReason: finishReason ?? "unknown", seed, modelVersionId: null };
    const names = namesItself(answer.text, model);
    return { ...answer, metadata: { model, ...(names.length > 0 ? { namesItself: names } : {}) } };
  });
}

/** Once answers are completions, they are kept there alone. */
export async function forgetAnswerTexts(tx: Transaction, runId: string): Promise<void> {
  await tx.endpointCall.updateMany({ where: { runId }, data: { text: null } });
}
