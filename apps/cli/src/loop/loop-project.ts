import { randomBytes } from "node:crypto";
import { ProjectDraft } from "@touchstone/contracts";
import { createProject, createWorkspaceWithAdmin, type Database } from "@touchstone/persistence";
import { installPracticeModel } from "../seed/practice-model.ts";
import { insertPracticePrompts } from "../seed/practice-project.ts";

/** A workspace of its own with the practice model and practice prompts; nobody ever signs in. */
export async function openLoopProject(
  db: Database,
  filesDir: string,
  seed: number,
  sizes: { prompts: number; evaluationPrompts: number },
): Promise<{ by: { workspaceId: string; id: string }; projectId: string; policyId: string }> {
  const admin = await createWorkspaceWithAdmin(db, {
    workspaceName: "Loop",
    adminName: "Loop",
    adminEmail: "loop@touchstone.local",
    passwordHash: randomBytes(16).toString("hex"),
  });
  const by = { workspaceId: admin.workspaceId, id: admin.memberId };
  const draft = ProjectDraft.parse({ name: "Practice loop", practice: true, overlap: 3 });
  const project = await createProject(db, by, draft);
  const where = { workspaceId: by.workspaceId, projectId: project.id };
  await insertPracticePrompts(
    db,
    where,
    { train: sizes.prompts, validation: Math.ceil(sizes.prompts / 8), test: sizes.evaluationPrompts },
    seed,
  );
  return { by, projectId: project.id, policyId: await installPracticeModel(db, by.workspaceId, filesDir) };
}
