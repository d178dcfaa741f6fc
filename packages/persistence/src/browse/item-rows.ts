import { ItemRow } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { readAgreements } from "./agreement.ts";

/** A line of a table, and what a phone shows of it. */
const excerptCharacters = 200;

/** Items as a list shows them, in the order of these ids; one that is gone meanwhile is left out. */
export async function readItemRows(db: Database, ids: readonly string[]): Promise<ItemRow[]> {
  if (ids.length === 0) return [];
  const [rows, agreements] = await Promise.all([readRows(db, ids), readAgreements(db, ids)]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [ItemRow.parse({ ...row, agreement: agreements.get(id)?.share ?? null })] : [];
  });
}

const Row = z.looseObject({ id: z.uuid() });

async function readRows(db: Database, ids: readonly string[]): Promise<z.infer<typeof Row>[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT t.id, left(coalesce(p.messages -> -1 ->> 'content', ''), ${excerptCharacters}::int) AS excerpt, p.language, p.split, p.sensitive,
      CASE o.blur WHEN 'everything' THEN true WHEN 'never' THEN false ELSE p.sensitive END AS blurred, t.state, t.batch, t.overlap, jsonb_build_object('name', q.name, 'version', q.version) AS questionnaire,
      cardinality(t.completion_ids) AS answers, judged.counted AS judgements, judged.left_out AS "leftOut", judged.flags,
      CASE WHEN t.reason = 'arena' THEN 'arena' WHEN t.evaluation_id IS NOT NULL THEN 'evaluation'
        WHEN EXISTS (SELECT FROM completion c WHERE c.id = ANY (t.completion_ids) AND c.run_id IS NOT NULL) THEN 'run'
        WHEN t.import_id IS NOT NULL THEN 'import' ELSE 'other' END AS origin,
      to_char(judged.last AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "lastJudgedAt",
      to_char(t.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM task t
    JOIN prompt p ON p.id = t.prompt_id
    JOIN project o ON o.id = t.project_id
    JOIN questionnaire q ON q.id = t.questionnaire_id
    CROSS JOIN LATERAL (
      SELECT (count(*) FILTER (WHERE stands AND NOT j.surplus AND NOT j.repeat))::int AS counted,
        (count(*) FILTER (WHERE stands AND NOT j.surplus AND NOT j.repeat AND (
          EXISTS (SELECT FROM left_out o WHERE o.task_id = j.task_id)
          OR EXISTS (SELECT FROM left_out o WHERE o.judgement_id = j.id)
          OR EXISTS (SELECT FROM left_out o WHERE o.project_id = j.project_id AND o.member_id = j.member_id))))::int AS left_out,
        (count(*) FILTER (WHERE stands AND j.flagged))::int AS flags, max(j.created_at) AS last
      FROM judgement j
      CROSS JOIN LATERAL (SELECT j.kind = 'answer'
        AND NOT EXISTS (SELECT FROM judgement later WHERE later.supersedes_id = j.id) AS stands) s
      WHERE j.task_id = t.id) judged
    WHERE t.id = ANY (${ids}::uuid[])`;
  return z.array(Row).parse(rows);
}
