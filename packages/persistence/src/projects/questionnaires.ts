import { type QuestionnaireDraft, QuestionnaireView } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { lockProject } from "./change.ts";

/**
 * A new version of one of a project's questionnaires, or its first. Tasks that are there keep the version that they were
 * made with, so that every judgement answers what was asked of it; what equals the newest version makes no other.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function writeQuestionnaire(
  db: Database,
  by: Actor,
  projectId: string,
  { name, questions }: QuestionnaireDraft,
): Promise<QuestionnaireView> {
  return db.$transaction(async (tx) => {
    await lockProject(tx, by.workspaceId, projectId);
    const newest = await tx.questionnaire.findFirst({ where: { projectId, name }, orderBy: { version: "desc" } });
    if (newest && (await isEqual(newest.id))) return QuestionnaireView.parse(newest);
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
