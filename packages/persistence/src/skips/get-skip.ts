import { DomainError, SkipView } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { inTellableOrder, openPairs, tellable } from "../evaluations/open-pairs.ts";
import { shownTask } from "../judgements/view.ts";

const skipInclude = {
  member: { select: { id: true, name: true, kind: true } },
  guideline: { select: { version: true } },
  task: shownTask,
} as const;

/** A skip with its task as it was shown. @throws DomainError not_found, also for one that was taken back. */
export async function getSkip(db: Database, workspaceId: string, id: string): Promise<SkipView> {
  const row = await db.lease.findFirst({ where: { workspaceId, id, state: "skipped" }, include: skipInclude });
  if (!row) throw new DomainError("not_found", "There is no such skip.");
  const { task } = row;
  const blind = (await openPairs(db, [task])).has(task.id);
  const completions = await db.completion.findMany({
    where: { id: { in: task.completionIds } },
    select: { id: true, text: true, modelVersionId: true },
  });
  const canonical = task.completionIds.map((one) => completions.find((completion) => completion.id === one));
  const told = inTellableOrder(canonical, row.shownOrder, blind);
  return SkipView.parse({
    id: row.id,
    projectId: row.projectId,
    taskId: row.taskId,
    question: task.question,
    member: row.member,
    shownOrder: told.shownOrder,
    flagged: row.skipFlagged ?? false,
    comment: row.skipComment ?? "",
    reason: row.skipReason,
    guidelineVersion: row.guideline.version,
    prompt: task.prompt,
    completions: told.completions.map((one) => tellable(one, task.id, blind)),
    createdAt: (row.skippedAt ?? row.createdAt).toISOString(),
  });
}
