import {
  type OwnQuestionnaire,
  type ProjectDraft,
  type ProjectFile,
  type ProjectView,
  standardNames,
  standardQuestion,
  type TranslationInFile,
} from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { countAsReader } from "../guidance/author.ts";
import { given } from "./given.ts";
import { projectInclude, toProjectView } from "./view.ts";

/** What a project begins with beside its settings and the standard questionnaires. */
export interface ProjectContents {
  readonly questionnaires: readonly OwnQuestionnaire[];
  readonly translations: readonly TranslationInFile[];
}

/** What of a draft is the project's own row. */
type Settings = Omit<ProjectDraft, "guideline" | "mustRead" | "template">;

/** A project with the first version of its guideline and the standard questionnaires. */
export async function createProject(
  db: Database,
  by: Actor,
  { template: _, ...draft }: ProjectDraft,
  contents: ProjectContents = { questionnaires: [], translations: [] },
): Promise<ProjectView> {
  return db.$transaction(async (tx) => {
    const { guideline: text, mustRead: asks, ...settings } = draft;
    const id = await insertProject(tx, by, settings);
    await tx.questionnaire.createMany({
      data: standardNames.map((name) => ({ ...owner(by, id), name, questions: [standardQuestion(name)] })),
    });
    await fillProject(tx, by, id, { text, mustRead: mustBeRead(text, asks) }, contents);
    const row = await tx.project.findUniqueOrThrow({ where: { id }, include: projectInclude });
    return toProjectView(row);
  });
}

/** A project as an exported file describes it. */
export function createProjectOfFile(db: Database, by: Actor, file: ProjectFile): Promise<ProjectView> {
  const { name, description, language, guideline, overlap, leaseSeconds, blur, questionnaires, translations } = file;
  const { assignment = { repeatShare: 0 } } = file;
  const spoken = language === null ? {} : { language };
  const texts = { name, description, ...spoken, guideline };
  const draft = { ...texts, overlap, leaseSeconds, blur, ...assignment, practice: false, mustRead: true };
  return createProject(db, by, draft, { questionnaires, translations });
}

/** Of an empty guideline there is nothing to read, whatever is wanted. */
export const mustBeRead = (text: string, asked: boolean | undefined): boolean => asked !== false && text.trim() !== "";

/** The row alone, with the act in the audit. @returns its id. */
async function insertProject(tx: Transaction, by: Actor, settings: Settings): Promise<string> {
  const { language = null, ...others } = settings;
  const data = { workspaceId: by.workspaceId, name: settings.name, ...given(others), language };
  const { id } = await tx.project.create({ data });
  await recordAudit(tx, by, "project.created", id, { name: settings.name });
  return id;
}

async function fillProject(
  tx: Transaction,
  by: Actor,
  id: string,
  guideline: { readonly text: string; readonly mustRead: boolean },
  { questionnaires, translations }: ProjectContents,
): Promise<void> {
  const { workspaceId } = by;
  const { id: guidelineId } = await tx.guideline.create({ data: { ...owner(by, id), version: 1, ...guideline } });
  await countAsReader(tx, by, id, 1);
  await tx.questionnaire.createMany({
    data: questionnaires.map(({ name, questions }) => ({ ...owner(by, id), name, questions })),
  });
  await tx.projectTranslation.createMany({
    data: translations.map(({ guideline: _, ...texts }) => ({ ...owner(by, id), ...texts })),
  });
  await tx.guidelineTranslation.createMany({
    data: translations.flatMap(({ language, guideline: text }) =>
      text === "" ? [] : [{ workspaceId, guidelineId, language, text }],
    ),
  });
}

const owner = ({ workspaceId }: Actor, projectId: string) => ({ workspaceId, projectId });
