import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";

/** What an export of preferences tells of each judgement, as Postgres itself sends it: a line each, both answers in it. */
function copyRows(labelSetId: string): string {
  return `COPY (
    SELECT j.id, j.member_id, j.shown_order, j.answer, j.created_at, p.messages, p.split, one.text, other.text
    FROM label_set_item i
    JOIN judgement j ON j.id = i.judgement_id
    JOIN task t ON t.id = j.task_id
    JOIN prompt p ON p.id = t.prompt_id
    JOIN completion one ON one.id = t.completion_ids[1]
    JOIN completion other ON other.id = t.completion_ids[2]
    WHERE i.label_set_id = '${labelSetId}'
  ) TO STDOUT`;
}

/** @returns how many bytes came */
export async function copiedOut(pool: pg.Pool, labelSetId: string): Promise<number> {
  const client = await pool.connect();
  try {
    let bytes = 0;
    for await (const chunk of client.query(copyTo(copyRows(labelSetId)))) bytes += (chunk as Buffer).length;
    return bytes;
  } finally {
    client.release();
  }
}
