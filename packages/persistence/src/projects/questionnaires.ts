import { type QuestionnaireDraft, QuestionnaireListItem, QuestionnaireView, refused } from "@touchstone/contracts";
import { z } from "zod";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { lockProject } from "./change.ts";
import { assertProject } from "./queries.ts";

/**
 * Every version of a project's questionnaires with how many tasks ask it, by name, newest first.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listQuestionnaires(
  db: Database,
  workspaceId: string,
  projectId: string,
): Promise<QuestionnaireListItem[]> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.$queryRaw<unknown[]>`
    SELECT q.id, q.name, q.version, q.questions, coalesce(t.tasks, 0)::int AS tasks
    FROM questionnaire q
    LEFT JOIN (SELECT questionnaire_id, count(*) AS tasks FROM task WHERE project_id = ${projectId}::uuid GROUP BY 1) t
      ON t.questionnaire_id = q.id
    WHERE q.workspace_id = ${workspaceId}::uuid AND q.project_id = ${projectId}::uuid
    ORDER BY q.name, q.version DESC`;
  return z.array(QuestionnaireListItem).parse(rows);
}

/**
 * A new version of one of a project's questionnaires, or its first. Tasks that are there keep the version that they were
 * made with, so that every judgement answers what was asked of it; what equals the newest version makes no other.
 *
 * @throws DomainError not_found, also for a project of another workspace; conflict where a version was made since the one
 * that the draft is based on.
 */
export async function writeQuestionnaire(
  db: Database,
  by: Actor,
  projectId: string,
  { name, questions, basedOn }: QuestionnaireDraft,
): Promise<QuestionnaireView> {
  return db.$transaction(async (tx) => {
    await lockProject(tx, by.workspaceId, projectId);
    const newest = await tx.questionnaire.findFirst({ where: { projectId, name }, orderBy: { version: "desc" } });
    if (newest && (await isEqual(newest.id))) return QuestionnaireView.parse(newest);
    if (newest && basedOn !== undefined && basedOn !== newest.version) {
      throw basedOn === 0
        ? refused("questionnaireMade", { name, at: "name" })
        : refused("questionnaireChanged", { name, version: newest.version });
    }
    const made = await tx.questionnaire.create({
      data: { workspaceId: by.workspaceId, projectId, name, version: (newest?.version ?? 0) + 1, questions },
    });
    await recordAudit(tx, by, "questionnaire.changed", projectId, { name, version: made.version });
    return QuestionnaireView.parse(made);

    /** As Postgres compares them: whatever the order of their fields. */
    async function isEqual(id: string): Promise<boolean> {
      const same = await tx.$queryRaw<unknown[]>`
        SELECT FROM questionnaire WHERE id = ${id}::uuid AND questions = ${JSON.stringify(questions)}::jsonb`;
      return same.length > 0;
    }
  });
}
