import type { Repeatable } from "@touchstone/contracts";
import type pg from "pg";
import type { Annotator } from "./annotator.ts";

/** Each asks whether the request in $3, its path's and its body's fields, would find all that it brings stored. */
const statements: Readonly<Record<Repeatable, string>> = {
  judgement: `
    SELECT FROM judgement WHERE workspace_id = $1::uuid AND member_id = $2::uuid AND kind = 'answer'
      AND idempotency_key = ($3::jsonb->>'idempotencyKey')::uuid`,
  undo: `
    SELECT FROM judgement WHERE workspace_id = $1::uuid AND member_id = $2::uuid AND kind = 'retraction'
      AND idempotency_key = ($3::jsonb->>'idempotencyKey')::uuid`,
  // One that was taken back has written an answer too: under the key of its undo.
  correction: `
    SELECT FROM judgement WHERE workspace_id = $1::uuid AND member_id = $2::uuid AND kind = 'answer'
      AND supersedes_id = ($3::jsonb->>'id')::uuid AND idempotency_key = ($3::jsonb->>'idempotencyKey')::uuid`,
  // The skip may have ended another lease of the same task, which had come back to the member meanwhile.
  skip: `
    SELECT FROM lease named JOIN lease s ON s.member_id = named.member_id AND s.task_id = named.task_id AND s.state = 'skipped'
    WHERE named.workspace_id = $1::uuid AND named.member_id = $2::uuid
      AND named.id = ($3::jsonb->>'id')::uuid AND named.token = $3::jsonb->>'leaseToken'
      AND coalesce(s.skip_flagged, false) >= coalesce(($3::jsonb->>'flagged')::boolean, false)
      AND coalesce($3::jsonb->>'comment', '') IN ('', s.skip_comment)
      AND coalesce($3::jsonb->>'reason', s.skip_reason) IS NOT DISTINCT FROM s.skip_reason`,
  undoSkip: `
    SELECT FROM lease WHERE workspace_id = $1::uuid AND member_id = $2::uuid AND id = ($3::jsonb->>'id')::uuid
      AND state = 'held' AND skip_undo_key = ($3::jsonb->>'idempotencyKey')::uuid`,
};

/** Whether a valid request only repeats what this member has sent before, so that answering it writes nothing. */
export async function isStoredAlready(
  pool: pg.Pool,
  who: Annotator,
  what: Repeatable,
  request: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const values = [who.workspaceId, who.memberId, JSON.stringify(request)];
  const { rowCount } = await pool.query({ text: statements[what], values });
  return rowCount !== 0;
}
