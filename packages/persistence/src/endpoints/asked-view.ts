import { askingReasons, type RunAskedView, refused, sentenceOf, RunAskedView as View } from "@touchstone/contracts";
import type { Database } from "../client.ts";

interface Row {
  readonly answered: number;
  readonly failed: number;
  readonly requests: number;
  readonly lost: number;
  readonly promptTokens: number;
  readonly answerTokens: number;
  readonly unknownTokens: number;
  readonly lengths: object | null;
}

interface FaultRow {
  readonly reason: string;
  readonly values: Record<string, string | number>;
  readonly count: number;
}

function isAskingReason(reason: string): reason is keyof typeof askingReasons {
  return Object.hasOwn(askingReasons, reason);
}

/** What became of all that a run asked of an endpoint. @throws DomainError not_found, also for a run that asks none. */
export async function getRunAsked(db: Database, workspaceId: string, runId: string): Promise<RunAskedView> {
  const run = await db.run.findFirst({
    where: { id: runId, workspaceId },
    select: { totalSteps: true, endpoint: { select: { id: true, name: true, model: true } } },
  });
  if (!run) throw refused("notThere", { kind: "run" });
  const [sums] = await db.$queryRaw<Row[]>`
    SELECT (count(*) FILTER (WHERE state = 'answered'))::int AS answered, (count(*) FILTER (WHERE state = 'failed'))::int AS failed,
      count(*)::int AS requests, (count(*) FILTER (WHERE state = 'lost'))::int AS lost,
      coalesce(sum(prompt_tokens), 0)::float8 AS "promptTokens", coalesce(sum(answer_tokens), 0)::float8 AS "answerTokens",
      coalesce(sum(reserved_tokens) FILTER (WHERE cost_unknown), 0)::float8 AS "unknownTokens",
      CASE WHEN count(answer_tokens) > 0 THEN jsonb_build_object(
        'median', percentile_cont(.5) WITHIN GROUP (ORDER BY answer_tokens),
        'p90', percentile_cont(.9) WITHIN GROUP (ORDER BY answer_tokens), 'longest', max(answer_tokens)) END AS lengths
    FROM endpoint_call WHERE run_id = ${runId}::uuid`;
  const finishReasons = await db.$queryRaw<{ reason: string; count: number }[]>`
    SELECT finish_reason AS reason, count(*)::int AS count FROM endpoint_call
    WHERE run_id = ${runId}::uuid AND state = 'answered' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`;
  const faults = await db.$queryRaw<FaultRow[]>`
    SELECT reason, (array_agg(reason_values ORDER BY asked_at DESC))[1] AS values, count(*)::int AS count
    FROM endpoint_call WHERE run_id = ${runId}::uuid AND reason IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 20`;
  const [named] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM completion c WHERE c.run_id = ${runId}::uuid AND c.metadata ? 'namesItself'
      AND c.prompt_id IN (SELECT prompt_id FROM endpoint_call WHERE run_id = ${runId}::uuid)`;
  return View.parse({
    endpoint: run.endpoint,
    wanted: run.totalSteps ?? 0,
    ...sums,
    finishReasons,
    spent: sums,
    faults: faults.flatMap(({ reason, values, count }) =>
      isAskingReason(reason) ? [{ reason, values, count, message: sentenceOf(askingReasons[reason], values) }] : [],
    ),
    selfNamed: named?.count ?? 0,
  });
}
