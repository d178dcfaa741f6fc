import { type Answers, refused } from "@touchstone/contracts";
import type { JudgementInContext } from "@touchstone/labeling";
import { type Database, driverOf } from "../client.ts";
import { clientTransaction } from "../client-transaction.ts";
import { type MemberKind, Prisma } from "../generated/client.ts";
import { answersOf } from "../judgements/stored-answers.ts";
import { readRows } from "../read-rows.ts";
import { questionsById } from "./questions-by-id.ts";
import { type RowContext, voteContext } from "./row-context.ts";
import { type ShownTaskRow, tasksInContext } from "./tasks-in-context.ts";

/** A judgement of a label set with its context, and what only the raw export tells. */
export interface FrozenJudgement extends JudgementInContext {
  readonly taskId: string;
  readonly source: MemberKind;
  readonly evaluationId: string | null;
  /** Of an evaluation's pair that is still open: the answers stand as they were shown, and no model is named. */
  readonly blind: boolean;
  readonly flagged: boolean;
  readonly comment: string;
  readonly timings: unknown;
  readonly guidelineVersion: number;
  readonly createdAt: Date;
  /** The judgement that this one corrects. */
  readonly supersedes: string | null;
  readonly context: RowContext;
}

interface Row extends ShownTaskRow {
  readonly id: string;
  /** As JSON: of many judgements few are different, and each is parsed once. */
  readonly answer: string;
  readonly source: MemberKind;
  readonly flagged: boolean;
  readonly comment: string;
  readonly timings: unknown;
  readonly createdAt: Date;
  readonly supersedes: string | null;
  readonly origin: unknown;
  readonly guidelineVersion: number;
  readonly questionnaireId: string;
}

/**
 * What a batch holds should be gone before the collector takes it for lasting. Of batches of 1,000 with texts of 300 words it
 * moved nearly all to where it looks seldom, and 200 MB lay there that nobody needed.
 */
const batchSize = 200;
/** Ids are short, and whoever chooses them may look at many. */
const idsAtOnce = 5_000;

/** The ids of the next judgements, in their order, as a statement. */
type NextIds = (after: string, size: number) => Prisma.Sql;

/**
 * The judgements of a label set in the order of their ids, in batches. Each batch is a statement of its own, so a reader
 * may take hours and holds neither connection nor snapshot; the set is immutable, so it reads the same all the same. Only a
 * deletion takes from it.
 *
 * @throws DomainError conflict at its end, where something of the set was deleted meanwhile: a reader never takes what was
 * left for the whole.
 */
export async function* readJudgements(db: Database, labelSetId: string): AsyncGenerator<FrozenJudgement[]> {
  const deleted = () => db.labelSetTombstone.count({ where: { labelSetId } });
  const before = await deleted();
  yield* readJudgementsBy(
    db,
    (after, size) => Prisma.sql`
      SELECT i.judgement_id AS id FROM label_set_item i
      WHERE i.label_set_id = ${labelSetId}::uuid AND i.judgement_id > ${after}::uuid
      ORDER BY i.judgement_id LIMIT ${size}`,
  );
  const [isThere, after] = await Promise.all([db.labelSet.count({ where: { id: labelSetId } }), deleted()]);
  if (isThere === 0 || after !== before) throw refused("labelsDeleted");
}

/**
 * The same for any choice of judgements. One that changes meanwhile is read as it stands at each batch.
 *
 * @param size of a batch, for whoever wants only the first few
 */
export async function* readJudgementsBy(
  db: Database,
  nextIds: NextIds,
  size = batchSize,
): AsyncGenerator<FrozenJudgement[]> {
  const questionsOf = questionsById(db);
  let before: Promise<FrozenJudgement[]> | undefined;
  for await (const ids of idBatches(db, nextIds, size)) {
    // It is read while the one before is written.
    const batch = readBatch(db, ids).then((rows) => inContext(db, rows, questionsOf));
    // Told to whoever comes to take it; a reader that leaves before never does.
    batch.catch(() => undefined);
    if (before) yield before;
    before = batch;
  }
  if (before) yield before;
}

async function* idBatches(db: Database, nextIds: NextIds, size: number): AsyncGenerator<string[]> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const ids = await readIds(db, nextIds(after, idsAtOnce));
    const last = ids.at(-1);
    if (last === undefined) return;
    for (let start = 0; start < ids.length; start += size) yield ids.slice(start, start + size);
    after = last;
  }
}

/**
 * By the primary key of the set's items. A set that was frozen a moment ago has no statistics yet, and the planner would
 * sort the whole of it each time: so it is kept to the index, which has the order already.
 */
async function readIds(db: Database, { text, values }: Prisma.Sql): Promise<string[]> {
  return clientTransaction(driverOf(db), async (client) => {
    await client.query("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off");
    return (await client.query<{ id: string }>(text, values)).rows.map(({ id }) => id);
  });
}

async function readBatch(db: Database, ids: readonly string[]): Promise<Row[]> {
  const statement = Prisma.sql`
    SELECT j.id, j.workspace_id AS "workspaceId", j.member_id AS "memberId", j.answer::text AS answer,
      j.shown_order AS "shownOrder", j.source, j.flagged, j.comment, j.timings, j.created_at AS "createdAt",
      j.supersedes_id AS supersedes, j.origin, t.external_id AS "externalId", t.metadata AS "taskMetadata",
      g.version AS "guidelineVersion", t.id AS "taskId", t.prompt_id AS "promptId", t.completion_ids AS "completionIds",
      t.evaluation_id AS "evaluationId", t.questionnaire_id AS "questionnaireId"
    FROM judgement j
    JOIN guideline g ON g.id = j.guideline_id
    JOIN task t ON t.id = j.task_id
    WHERE j.id = ANY (${ids}::uuid[])
    ORDER BY j.id`;
  return readRows<Row>(db, statement, "judgements-by-id");
}

async function inContext(
  db: Database,
  rows: Row[],
  read: ReturnType<typeof questionsById>,
): Promise<FrozenJudgement[]> {
  const [shown, questionsOf] = await Promise.all([tasksInContext(db, rows), read(rows)]);
  const parsed = new Map<string, Answers>();
  const answersIn = ({ questionnaireId, answer }: Row): Answers => {
    const key = `${questionnaireId} ${answer}`;
    const answers = parsed.get(key) ?? answersOf(JSON.parse(answer), questionsOf(questionnaireId));
    parsed.set(key, answers);
    return answers;
  };
  // Field by field: spreading rows costs more than all the rest of an export.
  return rows.map((row) => {
    const task = shown(row);
    const questions = questionsOf(row.questionnaireId);
    return {
      judgementId: row.id,
      annotator: task.annotator,
      kind: "answer",
      questions,
      answers: answersIn(row),
      shownOrder: task.shownOrder,
      superseded: false,
      surplus: false,
      repeat: false,
      promptId: row.promptId,
      prompt: task.prompt,
      split: task.split,
      completions: task.completions,
      taskId: row.taskId,
      source: row.source,
      evaluationId: row.evaluationId,
      blind: task.blind,
      flagged: row.flagged,
      comment: row.comment,
      timings: row.timings,
      guidelineVersion: row.guidelineVersion,
      createdAt: row.createdAt,
      supersedes: row.supersedes,
      context: { ...task.context, vote: voteContext(row) },
    };
  });
}
