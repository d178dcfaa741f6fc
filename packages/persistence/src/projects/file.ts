import {
  isStandardName,
  type ProjectFileView,
  projectFileFormat,
  projectFileVersion,
  refused,
} from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { listTranslations } from "./translations.ts";
import { projectInclude, toProjectView } from "./view.ts";

/**
 * All that makes a project again elsewhere: its texts and their translations, what it asks now, and how tasks are given out.
 * No prompt, no answer, no judgement and nobody's name.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function readProjectFile(db: Database, workspaceId: string, id: string): Promise<ProjectFileView> {
  const row = await db.project.findFirst({ where: { workspaceId, id }, include: projectInclude });
  if (!row) throw refused("notThere", { kind: "project" });
  const { name, description, overlap, leaseSeconds, guideline, questionnaires, ...settings } = toProjectView(row);
  const { repeatShare, dailyLimit, shareLimit, parallelLeases, languagesOnly } = settings;
  const { items } = await listTranslations(db, workspaceId, id);
  return {
    format: projectFileFormat,
    version: projectFileVersion,
    name,
    description,
    language: row.language,
    guideline: guideline.text,
    overlap,
    leaseSeconds,
    blur: settings.blur,
    assignment: { repeatShare, dailyLimit, shareLimit, parallelLeases, languagesOnly },
    // Every project has the standard ones, and they have one version.
    questionnaires: questionnaires
      .filter((one) => !isStandardName(one.name))
      .map((one) => ({ name: one.name, questions: one.questions })),
    translations: items.map(({ guideline: translated, ...texts }) => ({
      ...texts,
      // One of an earlier version would be read as one of the version that goes out.
      guideline: translated?.version === guideline.version ? translated.text : "",
    })),
  };
}
