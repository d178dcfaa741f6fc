import { DomainError, OwnAnswer, OwnTask, refused } from "@touchstone/contracts";
import type { z } from "zod";
import type { Database } from "../client.ts";
import type { Annotator } from "./annotator.ts";
import { HandedOut } from "./handed-out.ts";
import { undoMinutes } from "./undo-window.ts";

/** A line of a list, and what a phone shows of it. */
export const excerptCharacters = 200;
export const before = { at: new Date("9999-12-31"), id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

/**
 * A page of what this annotator has judged in a project and not taken back, newest first; of what was corrected the newest
 * alone. `cursor` is the id of the last one before, which may have been corrected since. Repeats are among them, as nothing
 * tells them apart at the desk either.
 *
 * @throws DomainError not_found for a project or a cursor that is not there for them.
 */
export async function listOwnAnswers(
  db: Database,
  who: Annotator,
  projectId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: OwnAnswer[]; next: string | null }> {
  await assertMayWork(db, who, projectId);
  const from = cursor === undefined ? before : await place(db, who, projectId, cursor);
  const rows = await db.$queryRaw<object[]>`
    WITH own AS (
      SELECT j.* FROM judgement j
      WHERE j.member_id = ${who.memberId}::uuid AND j.project_id = ${projectId}::uuid
        AND j.kind = 'answer' AND j.source = 'person'
        AND (j.created_at, j.id) < (${from.at}, ${from.id}::uuid)
        AND NOT EXISTS (SELECT FROM judgement later WHERE later.supersedes_id = j.id)
      ORDER BY j.created_at DESC, j.id DESC LIMIT ${limit + 1}),
    told AS (
      SELECT own.id, own.created_at, correction_bar(j, make_interval(mins => ${undoMinutes}::int)) AS bar,
        -- What was taken back to stands as if it had never been corrected.
        own.supersedes_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM judgement former JOIN judgement first ON first.id = former.supersedes_id
          WHERE former.id = own.supersedes_id AND first.answer = own.answer AND first.flagged = own.flagged
            AND first.comment = own.comment) AS corrected
      FROM own JOIN judgement j ON j.id = own.id)
    SELECT own.id, own.task_id AS "taskId",
      CASE p.blur WHEN 'everything' THEN true WHEN 'never' THEN false ELSE m.sensitive END AS blurred,
      left(coalesce(m.messages -> -1 ->> 'content', ''), ${excerptCharacters}::int) AS excerpt, m.language,
      q.questions, answers_of(own.answer, q.questions) AS answers, own.flagged, own.comment <> '' AS commented,
      told.corrected, told.bar,
      told.corrected AND told.bar IS NULL
        AND own.created_at >= clock_timestamp() - make_interval(mins => ${undoMinutes}::int) AS undoable,
      to_char(own.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM own
    JOIN told ON told.id = own.id
    JOIN task t ON t.id = own.task_id
    JOIN questionnaire q ON q.id = t.questionnaire_id
    JOIN prompt m ON m.id = t.prompt_id
    JOIN project p ON p.id = t.project_id
    ORDER BY own.created_at DESC, own.id DESC`;
  const items = rows.slice(0, limit).map((row) => OwnAnswer.parse(row));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

const Read = HandedOut.omit({ lease: true, previousAnswers: true, question: true, previous: true }).extend(
  OwnTask.pick({ id: true, leaseId: true, answers: true, note: true, bar: true, createdAt: true }).shape,
);

/**
 * One of this annotator's own answers with its task as it was shown; of one that was corrected since, what it became.
 *
 * @throws DomainError not_found, also where they may work in its project no longer.
 */
export async function readOwnTask(db: Database, who: Annotator, id: string): Promise<z.infer<typeof Read>> {
  const [row] = await db.$queryRaw<{ task: object; own: object }[]>`
    SELECT leased_task(j.lease_id) AS task, jsonb_build_object(
      'id', j.id, 'leaseId', j.lease_id, 'answers', answers_of(j.answer, q.questions),
      'note', jsonb_build_object('flagged', j.flagged, 'comment', j.comment),
      'bar', correction_bar(j, make_interval(mins => ${undoMinutes}::int)),
      'createdAt', to_char(j.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS own
    FROM judgement asked
    JOIN judgement j ON j.id = newest_of(asked.id)
    JOIN task t ON t.id = j.task_id
    JOIN questionnaire q ON q.id = t.questionnaire_id
    WHERE asked.id = ${id}::uuid AND asked.workspace_id = ${who.workspaceId}::uuid
      AND asked.member_id = ${who.memberId}::uuid AND asked.kind = 'answer'
      AND may_work(asked.workspace_id, asked.project_id, asked.member_id)`;
  if (!row) throw refused("notYours", { kind: "judgement" });
  return Read.parse({ ...row.task, ...row.own });
}

async function assertMayWork(db: Database, { workspaceId, memberId }: Annotator, projectId: string): Promise<void> {
  const [row] = await db.$queryRaw<{ may: boolean }[]>`
    SELECT may_work(${workspaceId}::uuid, ${projectId}::uuid, ${memberId}::uuid) AS may`;
  if (!row?.may) throw refused("notYours", { kind: "project" });
}

async function place(db: Database, { memberId }: Annotator, projectId: string, id: string) {
  const last = await db.judgement.findFirst({ where: { projectId, memberId, id }, select: { createdAt: true } });
  if (!last) throw new DomainError("not_found", "This page follows an answer that is not here.", { path: "cursor" });
  return { at: last.createdAt, id };
}
