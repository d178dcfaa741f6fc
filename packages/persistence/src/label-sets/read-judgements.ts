import { Answer, Message } from "@touchstone/contracts";
import type { JudgementInContext, Split } from "@touchstone/labeling";
import { z } from "zod";
import type { Database } from "../client.ts";
import type { MemberKind } from "../generated/client.ts";
import { pseudonym } from "./pseudonym.ts";

/** A judgement of a label set with its context, and what only the raw export tells. */
export interface FrozenJudgement extends JudgementInContext {
  readonly taskId: string;
  readonly questionKind: "preference" | "rating";
  readonly source: MemberKind;
  readonly evaluationId: string | null;
  readonly flagged: boolean;
  readonly comment: string;
  readonly timings: unknown;
  readonly guidelineVersion: number;
  readonly createdAt: Date;
}

interface Row {
  id: string;
  workspaceId: string;
  memberId: string;
  answer: unknown;
  shownOrder: number[];
  source: MemberKind;
  flagged: boolean;
  comment: string;
  timings: unknown;
  createdAt: Date;
  guidelineVersion: number;
  taskId: string;
  promptId: string;
  completionIds: string[];
  evaluationId: string | null;
  questionKind: "preference" | "rating";
}

/** Small enough that a slow reader costs little memory, large enough that round trips do not count. */
const batchSize = 1_000;

/**
 * The judgements of a label set in the order of their ids, in batches. Each batch is a statement of its own, so a reader
 * may take hours and holds neither connection nor snapshot; the set is immutable, so it reads the same all the same.
 */
export async function* readJudgements(db: Database, labelSetId: string): AsyncGenerator<FrozenJudgement[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await db.$queryRaw<Row[]>`
      SELECT j.id, j.workspace_id AS "workspaceId", j.member_id AS "memberId", j.answer, j.shown_order AS "shownOrder",
        j.source, j.flagged, j.comment, j.timings, j.created_at AS "createdAt", g.version AS "guidelineVersion",
        t.id AS "taskId", t.prompt_id AS "promptId", t.completion_ids AS "completionIds",
        t.evaluation_id AS "evaluationId", q.kind AS "questionKind"
      FROM label_set_item i
      JOIN judgement j ON j.id = i.judgement_id
      JOIN guideline g ON g.id = j.guideline_id
      JOIN task t ON t.id = j.task_id
      JOIN question q ON q.id = t.question_id
      WHERE i.label_set_id = ${labelSetId}::uuid AND i.judgement_id > ${after}::uuid
      ORDER BY i.judgement_id LIMIT ${batchSize}`;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield inContext(db, rows);
  }
}

/** Prompts and answers are read once a batch: one prompt may have thousands of judgements. */
async function inContext(db: Database, rows: Row[]): Promise<FrozenJudgement[]> {
  const promptIds = [...new Set(rows.map((row) => row.promptId))];
  const completionIds = [...new Set(rows.flatMap((row) => row.completionIds))];
  const [prompts, completions] = await Promise.all([
    db.prompt.findMany({ where: { id: { in: promptIds } }, select: { id: true, messages: true, split: true } }),
    db.completion.findMany({ where: { id: { in: completionIds } }, select: { id: true, text: true } }),
  ]);
  const promptOf = new Map(
    prompts.map(({ id, messages, split }) => [id, { messages: z.array(Message).parse(messages), split }]),
  );
  const textOf = new Map(completions.map(({ id, text }) => [id, text]));
  return rows.map(({ id, workspaceId, memberId, ...row }) => {
    const prompt: { messages: Message[]; split: Split } | undefined = promptOf.get(row.promptId);
    if (prompt === undefined) throw new Error(`judgement ${id} has no prompt`);
    return {
      ...row,
      judgementId: id,
      annotator: pseudonym(workspaceId, memberId),
      kind: "answer",
      answer: Answer.parse(row.answer),
      superseded: false,
      surplus: false,
      repeat: false,
      prompt: prompt.messages,
      split: prompt.split,
      completions: row.completionIds.map((completionId) => ({ completionId, text: textOf.get(completionId) ?? null })),
    };
  });
}
