import { paceBounds, QualityPace } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { latestJudgements } from "./read-answers.ts";

/** Between these shares of the judgements lie the middle eight tenths. */
const middle = { low: 0.1, high: 0.9 };

/**
 * How long people's latest judgements took, by questionnaire: the time that a task was visible is taken of a judgement, which
 * answers all its questions. What is left out is not among them, nor what was taken back or came too late.
 */
export async function readPace(db: Database, projectId: string): Promise<QualityPace[]> {
  const bounds = [...paceBounds];
  const rows = await db.$queryRaw<unknown[]>`
    WITH latest AS MATERIALIZED (
      SELECT j.id FROM judgement j
      WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer' AND j.source = 'person'
      ORDER BY j.created_at DESC, j.id DESC LIMIT ${latestJudgements}::int),
    timed AS MATERIALIZED (
      SELECT q.name AS questionnaire, (e.timings ->> 'visibleMs')::float8 / 1000 AS seconds
      FROM latest l JOIN effective_judgement e ON e.id = l.id JOIN questionnaire q ON q.id = e.questionnaire_id
      WHERE (e.timings ->> 'visibleMs')::float8 > 0)
    SELECT t.questionnaire, count(*)::int AS judgements,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY t.seconds) AS median,
      percentile_cont(${middle.low}::float8) WITHIN GROUP (ORDER BY t.seconds) AS low,
      percentile_cont(${middle.high}::float8) WITHIN GROUP (ORDER BY t.seconds) AS high,
      ARRAY(SELECT count(*) FILTER (WHERE b.place = width_bucket(s.seconds, ${bounds}::float8[]))::int
        FROM generate_series(0, ${bounds.length}::int) AS b (place)
        CROSS JOIN (SELECT o.seconds FROM timed o WHERE o.questionnaire = t.questionnaire) s
        GROUP BY b.place ORDER BY b.place) AS bins
    FROM timed t GROUP BY t.questionnaire ORDER BY 2 DESC, 1`;
  return z.array(QualityPace).parse(rows);
}
