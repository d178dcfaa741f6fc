import { ItemView, type MediaRef, Questions, refused } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { opaqueId } from "../evaluations/opaque-ids.ts";
import { openPairs, tellable } from "../evaluations/open-pairs.ts";
import { fasterThanReading } from "../figures/reading-speed.ts";
import { answersOf } from "../judgements/stored-answers.ts";
import { judgementInclude, stateOf } from "../judgements/view.ts";
import { mediaOf } from "../label-sets/row-context.ts";
import { leftOutItem, leftOutMarks } from "../left-out/marks.ts";
import { readItemRows } from "./item-rows.ts";

/** The last so many of each kind of event: an item with more has been asked of hundreds, and its list says the newest. */
const mostEvents = 300;

const itemSelect = {
  projectId: true,
  completionIds: true,
  evaluationId: true,
  externalId: true,
  importId: true,
  questionnaire: { select: { questions: true } },
  prompt: { select: { id: true, messages: true, sourceText: true, cluster: true } },
} as const;

/**
 * An item with all that has become of it: its answers, every judgement with those that were undone, superseded or too late,
 * skips, and the label sets that hold any of it.
 *
 * @throws DomainError not_found, also for an item of another workspace.
 */
export async function getItem(db: Database, workspaceId: string, id: string): Promise<ItemView> {
  const task = await db.task.findFirst({ where: { workspaceId, id }, select: itemSelect });
  const [row] = task ? await readItemRows(db, [id]) : [];
  if (!task || !row) throw refused("notThere", { kind: "item" });
  const [open, completions, judgements, skips, held, labelSets, brought, leftOutItself] = await Promise.all([
    openPairs(db, [{ id, evaluationId: task.evaluationId }]),
    readAnswers(db, id, task.completionIds),
    readJudgements(db, id),
    readSkips(db, id),
    db.lease.count({ where: { taskId: id, state: "held", expiresAt: { gt: new Date() } } }),
    readLabelSets(db, id),
    task.importId ? db.import.findFirst({ where: { workspaceId, id: task.importId } }) : null,
    leftOutItem(db, id, task.projectId),
  ]);
  const leftOutBy = await leftOutMarks(db, judgements);
  const blind = open.has(id);
  const fast = await fasterThanReading(
    db,
    judgements.map((judgement) => judgement.id),
  );
  const questions = Questions.parse(task.questionnaire.questions);
  const { projectId, prompt, externalId, evaluationId } = task;
  return ItemView.parse({
    ...row,
    projectId,
    prompt,
    externalId,
    evaluationId,
    questions,
    blind,
    completions: blind ? withoutOrigin(id, completions) : completions,
    import: brought ? { id: brought.id, fileName: brought.fileName } : null,
    leftOutItem: leftOutItself,
    judgementHistory: judgements.map((judgement) => ({
      ...judgement,
      leftOut: leftOutBy(judgement),
      state: stateOf(judgement),
      answers: judgement.answer === null ? null : answersOf(judgement.answer, questions),
      // The order shown tells which answer is the candidate's, for canonical order puts that first.
      shownOrder: blind ? judgement.shownOrder.map((_, place) => place) : judgement.shownOrder,
      guidelineVersion: judgement.guideline.version,
      fasterThanReading: fast.has(judgement.id),
      createdAt: judgement.createdAt.toISOString(),
    })),
    skips,
    held,
    labelSets,
  });
}

const Model = z.object({ model: z.string().optional() });

interface ItemAnswer {
  readonly id: string;
  readonly text: string | null;
  readonly media?: MediaRef[];
  readonly modelVersionId: string | null;
  readonly model: string | null;
}

async function readAnswers(db: Database, taskId: string, ids: readonly string[]): Promise<ItemAnswer[]> {
  const select = { id: true, text: true, media: true, modelVersionId: true, metadata: true } as const;
  const rows = await db.completion.findMany({ where: { id: { in: [...ids] } }, select });
  const byId = new Map(rows.map((each) => [each.id, each]));
  return ids.flatMap((id) => {
    const found = byId.get(id);
    if (!found) throw new Error(`Answer ${id} of task ${taskId} is not there.`);
    const { metadata, media, ...answer } = found;
    return [{ ...answer, ...mediaOf(media), model: Model.parse(metadata ?? {}).model ?? null }];
  });
}

/** In an order that tells nothing, by ids that tell nothing. */
function withoutOrigin(taskId: string, completions: readonly ItemAnswer[]): ItemAnswer[] {
  const opaque = completions.flatMap((answer) => {
    const told = tellable(answer, taskId, true);
    return told ? [{ ...told, model: null }] : [];
  });
  return opaque.toSorted((one, other) => opaqueId(taskId, one.id).localeCompare(opaqueId(taskId, other.id)));
}

async function readJudgements(db: Database, taskId: string) {
  const { task: _task, ...include } = judgementInclude;
  const rows = await db.judgement.findMany({
    where: { taskId },
    include,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: mostEvents,
  });
  return rows.toReversed();
}

async function readSkips(db: Database, taskId: string) {
  const member = { select: { id: true, name: true, kind: true } } as const;
  const rows = await db.lease.findMany({ where: { taskId, state: "skipped" }, include: { member }, take: mostEvents });
  return rows.map((row) => ({
    id: row.id,
    member: row.member,
    reason: row.skipReason,
    flagged: row.skipFlagged ?? false,
    comment: row.skipComment ?? "",
    createdAt: (row.skippedAt ?? row.createdAt).toISOString(),
  }));
}

async function readLabelSets(db: Database, taskId: string) {
  return db.$queryRaw<unknown[]>`
    SELECT s.id, count(*)::int AS judgements, to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt"
    FROM judgement j
    JOIN label_set_item i ON i.judgement_id = j.id
    JOIN label_set s ON s.id = i.label_set_id
    WHERE j.task_id = ${taskId}::uuid GROUP BY s.id ORDER BY s.id DESC LIMIT ${mostEvents}`;
}
