import { type Database, insertPrompts } from "@touchstone/persistence";
import { practicePrompts, type Split } from "@touchstone/practice";

/** Practice prompts as a project's prompts; the task's meaning is their metadata, by which a rule can score answers. */
export async function insertPracticePrompts(
  db: Database,
  project: { workspaceId: string; projectId: string },
  sizes: Record<Split, number>,
  seed: number,
): Promise<void> {
  const prompts = (["train", "validation", "test"] as const).flatMap((split) => practicePrompts(seed, sizes[split], split));
  await db.$transaction(
    (tx) =>
      insertPrompts(
        tx,
        project,
        prompts.map(({ id, messages, language, sourceText, split, use, task }) => ({
          messages,
          language,
          sourceText,
          cluster: id,
          split,
          metadata: { use, practice: task },
          answers: [],
        })),
      ),
    { timeout: 60_000 },
  );
}
