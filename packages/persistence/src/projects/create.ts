import { type ProjectDraft, type ProjectView, standardNames, standardQuestion } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { projectInclude, toProjectView } from "./view.ts";

/** A project with the first version of its guideline and the standard questionnaires. */
export async function createProject(db: Database, by: Actor, draft: ProjectDraft): Promise<ProjectView> {
  const { guideline, ...settings } = draft;
  const { workspaceId } = by;
  return db.$transaction(async (tx) => {
    const project = await tx.project.create({ data: { workspaceId, ...settings } });
    const owner = { workspaceId, projectId: project.id };
    await tx.guideline.create({ data: { ...owner, version: 1, text: guideline } });
    await tx.questionnaire.createMany({
      data: standardNames.map((name) => ({ ...owner, name, questions: [standardQuestion(name)] })),
    });
    await recordAudit(tx, by, "project.created", project.id, { name: draft.name });
    const row = await tx.project.findUniqueOrThrow({ where: { id: project.id }, include: projectInclude });
    return toProjectView(row);
  });
}
