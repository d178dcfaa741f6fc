import { refused, SkipView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { openPairs } from "../evaluations/open-pairs.ts";
import { isBlurred, readCompletions, shownAnswers, shownTask } from "../judgements/view.ts";

const skipInclude = {
  member: { select: { id: true, name: true, kind: true } },
  guideline: { select: { version: true } },
  task: shownTask,
} as const;

/** A skip with its task as it was shown. @throws DomainError not_found, also for one that was taken back. */
export async function getSkip(db: Database, workspaceId: string, id: string): Promise<SkipView> {
  const row = await db.lease.findFirst({ where: { workspaceId, id, state: "skipped" }, include: skipInclude });
  if (!row) throw refused("notThere", { kind: "skip" });
  const { task } = row;
  const [completions, open] = await Promise.all([readCompletions(db, [task]), openPairs(db, [task])]);
  return SkipView.parse({
    id: row.id,
    projectId: row.projectId,
    taskId: row.taskId,
    questions: task.questionnaire.questions,
    member: row.member,
    flagged: row.skipFlagged ?? false,
    comment: row.skipComment ?? "",
    reason: row.skipReason,
    guidelineVersion: row.guideline.version,
    prompt: task.prompt,
    blurred: isBlurred(task),
    ...shownAnswers(task, row.shownOrder, completions, open.has(task.id)),
    createdAt: (row.skippedAt ?? row.createdAt).toISOString(),
  });
}
