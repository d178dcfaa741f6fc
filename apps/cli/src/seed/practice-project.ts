import { ProjectDraft, RunDraft } from "@touchstone/contracts";
import { createProject, type Database, insertPrompts, launchRun } from "@touchstone/persistence";
import { practicePrompts, type Split } from "@touchstone/practice";
import { practiceGuideline } from "./practice-guideline.ts";

const name = "Practice: the whole loop in minutes";

/** Practice prompts as a project's prompts; the task's meaning is their metadata, by which a rule can score answers. */
export async function insertPracticePrompts(
  db: Database,
  project: { workspaceId: string; projectId: string },
  sizes: Record<Split, number>,
  seed: number,
): Promise<void> {
  const prompts = (["train", "validation", "test"] as const).flatMap((split) =>
    practicePrompts(seed, sizes[split], split),
  );
  const rows = prompts.map(({ id, messages, language, sourceText, split, use, task }) => {
    const metadata = { use, practice: JSON.parse(JSON.stringify(task)) };
    return { messages, language, sourceText, cluster: id, split, metadata, answers: [] };
  });
  await db.$transaction((tx) => insertPrompts(tx, project, rows), { timeout: 60_000 });
}

/** Prompts now, answers from the practice model as soon as a worker runs, so that the loop can be tried at once. */
export async function seedPracticeProject(
  db: Database,
  by: { workspaceId: string; id: string },
  policyId: string,
): Promise<void> {
  if (await db.project.findFirst({ where: { workspaceId: by.workspaceId, practice: true } })) return;
  const draft = ProjectDraft.parse({
    name,
    guideline: `${practiceGuideline.en}\n\n${practiceGuideline.zh}`,
    mustRead: false,
    overlap: 2,
    practice: true,
  });
  const project = await createProject(db, by, draft);
  await insertPracticePrompts(
    db,
    { workspaceId: by.workspaceId, projectId: project.id },
    { train: 320, validation: 60, test: 200 },
    1,
  );
  for (const question of ["preference", "rating"] as const) {
    const spec = { prompts: 160, question, sampling: { temperature: 1 } };
    const run = {
      kind: "generate",
      name: "first answers",
      seed: question === "preference" ? 1 : 2,
      policy: { modelVersionId: policyId },
      spec,
    };
    await launchRun(db, by, project.id, RunDraft.parse(run));
  }
}
