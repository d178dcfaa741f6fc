import type pg from "pg";
import { letSchedulesFollow } from "../schedules/follow.ts";
import type { ErasureRow } from "./erasure-row.ts";

/** Stands where a text was that somebody else's row is not whole without. */
const blank = "—";

/** Keys of the audit's details that may hold a name, an address or words of somebody's. */
const toldOfSomebody = ["name", "address", "note", "description", "fileName", "email"];

/** What is left of a person without leases and judgements: all rows that name them. */
export async function eraseRest(client: pg.PoolClient, row: ErasureRow): Promise<void> {
  const { memberId, successorId, workspaceId, projectId } = row;
  if (projectId !== null) {
    // Where a project keeps who judged no longer, only the judgements are due: they work on there.
    if (memberId === null) await eraseWordsOfProject(client, projectId);
    return;
  }
  const run = (statement: string, ...further: unknown[]) => client.query(statement, [memberId, ...further]);
  for (const statement of alwaysGone) await run(statement);
  if (row.kind === "all") {
    for (const statement of wordsGone) await run(statement);
    await letSchedulesFollow(client, { workspaceId });
  }
  for (const [table, column] of authored) {
    await run(`UPDATE ${table} SET ${column} = $2 WHERE ${column} = $1`, successorId);
  }
  await run("UPDATE left_out SET member_id = $2, note = '' WHERE member_id = $1", successorId);
  await eraseInAudit(client, row);
  await run("DELETE FROM member WHERE id = $1");
}

/** Rows that are of them alone and tell nothing of the work, in either kind. */
const alwaysGone = [
  "DELETE FROM session WHERE member_id = $1",
  "DELETE FROM api_token WHERE member_id = $1",
  "DELETE FROM link WHERE member_id = $1",
  "DELETE FROM repeat_due WHERE member_id = $1",
  "DELETE FROM cursor WHERE member_id = $1",
  "DELETE FROM tally WHERE member_id = $1",
  "DELETE FROM guideline_reading WHERE member_id = $1",
  "DELETE FROM project_access WHERE member_id = $1",
  "DELETE FROM withdrawn_lease WHERE member_id = $1",
  "UPDATE import SET file_name = NULL WHERE member_id = $1",
  "DELETE FROM import_job WHERE member_id = $1",
  // Brought, and kept for a while to be imported: its time is over, and whoever sweeps removes the bytes, too.
  `UPDATE spooled_file SET expires_at = least(expires_at, clock_timestamp()), name = '${blank}', place = NULL, problem = NULL
   WHERE member_id = $1`,
  `UPDATE project_archive SET name = '${blank}' WHERE asked_by_id = $1 AND name IS NOT NULL`,
  "UPDATE label_set_note SET selection = NULL WHERE selection -> 'filter' ->> 'person' = $1::text",
  "UPDATE arena_battle SET state = 'abandoned', ended_at = clock_timestamp(), answering = NULL WHERE member_id = $1 AND state = 'open'",
];

/**
 * What somebody wrote in the arena, and what was answered to it: a dash takes its place in the items that their votes became,
 * unless somebody else wrote the same prompt there; their battles go.
 *
 * @param which battles, as a condition over `b`
 */
const arenaGone = (which: string) => [
  `UPDATE prompt p SET messages = '[{"role": "user", "content": "${blank}"}]' WHERE p.arena
     AND p.id IN (SELECT t.prompt_id FROM arena_battle b JOIN task t ON t.id = b.task_id WHERE ${which})
     AND NOT EXISTS (SELECT FROM arena_battle b JOIN task t ON t.id = b.task_id WHERE t.prompt_id = p.id AND NOT (${which}))`,
  `UPDATE completion c SET text = '${blank}' FROM arena_battle b JOIN task t ON t.id = b.task_id
   WHERE ${which} AND c.id = ANY (t.completion_ids)`,
  `SELECT document_anew(ARRAY(SELECT b.task_id FROM arena_battle b WHERE ${which} AND b.task_id IS NOT NULL))`,
  `DELETE FROM arena_battle b WHERE ${which}`,
];

/** What they wrote beside judgements. An answer of theirs stays an answer: its question was somebody else's. */
const wordsGone = [
  "DELETE FROM remark_done r USING inquiry q WHERE q.id = r.remark_id AND q.member_id = $1",
  "DELETE FROM inquiry WHERE member_id = $1",
  `UPDATE inquiry SET answer = '${blank}' WHERE answered_by_id = $1 AND answer IS NOT NULL`,
  "UPDATE left_out SET note = '' WHERE created_by_id = $1",
  "DELETE FROM left_out WHERE member_id = $1",
  "DELETE FROM saved_view WHERE member_id = $1",
  "UPDATE label_set_note SET selection = NULL WHERE made_by_id = $1",
  "UPDATE link SET note = '' WHERE created_by_id = $1",
  "UPDATE model_promotion SET reason = '' WHERE promoted_by_id = $1",
  ...arenaGone("b.member_id = $1"),
];

/** Who did something: whoever has no name, from now on. */
const authored = [
  ["inquiry", "member_id"],
  ["inquiry", "answered_by_id"],
  ["remark_done", "member_id"],
  ["left_out", "created_by_id"],
  ["arena_battle", "member_id"],
  ["saved_view", "member_id"],
  ["import", "member_id"],
  ["import_mapping", "member_id"],
  ["spooled_file", "member_id"],
  ["media", "created_by_id"],
  ["label_set_note", "made_by_id"],
  ["label_set_file", "asked_by_id"],
  ["project_archive", "asked_by_id"],
  ["link", "created_by_id"],
  ["model_promotion", "promoted_by_id"],
  ["run", "requested_by_id"],
  ["schedule", "created_by_id"],
  ["deletion", "created_by_id"],
  ["erasure", "created_by_id"],
] as const;

/** The log keeps that it happened, and when: not by whom, from where, or in whose words. */
async function eraseInAudit(client: pg.PoolClient, { workspaceId, memberId, successorId, kind }: ErasureRow) {
  // What was named in an act of theirs is of the workspace (a project, a file); in one about themselves it is theirs.
  await client.query(
    `UPDATE audit_event SET
       member_id = CASE WHEN member_id = $2 THEN $3::uuid ELSE member_id END,
       subject = CASE WHEN subject = $2::text THEN $3::text ELSE subject END,
       token = CASE WHEN member_id = $2 AND token IS NOT NULL THEN '${blank}' ELSE token END,
       detail = CASE WHEN subject = $2::text OR action LIKE 'token.%' OR $4 THEN detail - $5::text[] ELSE detail - '{address,note}'::text[] END
     WHERE workspace_id = $1 AND (member_id = $2 OR subject = $2::text)`,
    [workspaceId, memberId, successorId, kind === "all", toldOfSomebody],
  );
}

/** Of a project that keeps nothing longer, what people wrote in it beside their judgements. */
async function eraseWordsOfProject(client: pg.PoolClient, projectId: string): Promise<void> {
  const statements = [
    "DELETE FROM remark_done r USING inquiry q WHERE q.id = r.remark_id AND q.project_id = $1",
    "DELETE FROM inquiry WHERE project_id = $1",
    "UPDATE left_out SET note = '' WHERE project_id = $1",
    ...arenaGone("b.project_id = $1"),
  ];
  for (const statement of statements) await client.query(statement, [projectId]);
  await letSchedulesFollow(client, { projectId });
}
