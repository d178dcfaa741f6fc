import {
  mostTranslations,
  refused,
  type TranslationDraft,
  type TranslationList,
  TranslationView,
} from "@touchstone/contracts";
import { z } from "zod";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { lockProject } from "./change.ts";

const Row = TranslationView.extend({ guideline: TranslationView.shape.guideline });

/**
 * A project's texts in every language but its own, each with the newest version of the guideline that has been translated.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function listTranslations(
  db: Database | Transaction,
  workspaceId: string,
  projectId: string,
): Promise<TranslationList> {
  const project = await db.project.findFirst({ where: { workspaceId, id: projectId }, select: { language: true } });
  if (!project) throw refused("notThere", { kind: "project" });
  const rows = await db.$queryRaw<unknown[]>`
    SELECT p.language, p.name, p.description, p.words, (
      SELECT jsonb_build_object('version', g.version, 'text', t.text)
      FROM guideline g JOIN guideline_translation t ON t.guideline_id = g.id AND t.language = p.language
      WHERE g.project_id = p.project_id ORDER BY g.version DESC LIMIT 1) AS guideline
    FROM project_translation p
    WHERE p.workspace_id = ${workspaceId}::uuid AND p.project_id = ${projectId}::uuid
    ORDER BY p.language COLLATE "C"`;
  return { language: project.language, items: z.array(Row).parse(rows) };
}

/**
 * Writes a project's texts in one more language, or anew. It makes no version of a guideline or of a questionnaire: what is
 * asked stays the same, and so do the answers.
 *
 * @throws DomainError not_found, also for a version of the guideline that there is not; conflict beyond `mostTranslations`.
 */
export async function writeTranslation(
  db: Database,
  by: Actor,
  projectId: string,
  { guideline, ...texts }: TranslationDraft,
): Promise<TranslationList> {
  const { workspaceId } = by;
  const { language } = texts;
  return db.$transaction(async (tx) => {
    await lockProject(tx, workspaceId, projectId);
    const others = await tx.projectTranslation.count({ where: { projectId, language: { not: language } } });
    if (others >= mostTranslations) throw refused("tooManyLanguages", { limit: mostTranslations, at: "language" });
    await tx.projectTranslation.upsert({
      where: { projectId_language: { projectId, language } },
      create: { workspaceId, projectId, ...texts },
      update: texts,
    });
    if (guideline) {
      const { version, text } = guideline;
      const found = await tx.guideline.findUnique({ where: { projectId_version: { projectId, version } } });
      if (!found) throw refused("notThere", { kind: "guideline", at: "guideline.version" });
      await tx.guidelineTranslation.upsert({
        where: { guidelineId_language: { guidelineId: found.id, language } },
        create: { workspaceId, guidelineId: found.id, language, text },
        update: { text },
      });
    }
    await recordAudit(tx, by, "translation.changed", projectId, { language, version: guideline?.version });
    return listTranslations(tx, workspaceId, projectId);
  });
}

/** @throws DomainError not_found for a project of another workspace, or a language that it does not have. */
export async function removeTranslation(db: Database, by: Actor, projectId: string, language: string): Promise<void> {
  const { workspaceId } = by;
  await db.$transaction(async (tx) => {
    await lockProject(tx, workspaceId, projectId);
    const { count } = await tx.projectTranslation.deleteMany({ where: { workspaceId, projectId, language } });
    if (count === 0) throw refused("notThere", { kind: "translation" });
    await tx.guidelineTranslation.deleteMany({ where: { workspaceId, language, guideline: { projectId } } });
    await recordAudit(tx, by, "translation.removed", projectId, { language });
  });
}
