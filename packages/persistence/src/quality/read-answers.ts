import { type Answers, Questions, type Split } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { answersOf } from "../judgements/stored-answers.ts";
import { grouped } from "./grouped.ts";

/** What is looked at of a project: so many latest judgements, and with them all others of their items. */
export const latestJudgements = 20_000;

const Row = z.object({
  taskId: z.uuid(),
  answer: z.unknown(),
  shownOrder: z.array(z.number()),
  byPerson: z.boolean(),
  /** How many people said just this. */
  times: z.int().positive(),
  week: z.string(),
});

const Item = z.object({
  taskId: z.uuid(),
  questionnaireId: z.uuid(),
  completions: z.int(),
  language: z.string().nullable(),
  split: z.enum(["train", "validation", "test"]),
  batch: z.int(),
  source: z.enum(["import", "run", "evaluation", "arena", "other"]),
});

/** Answers to one item that say the same, in the same order shown. */
export interface CountedAnswer {
  readonly answers: Answers;
  readonly shownOrder: readonly number[];
  readonly byPerson: boolean;
  readonly times: number;
}

export interface JudgedItem {
  readonly taskId: string;
  readonly questionnaire: string;
  readonly questions: Questions;
  readonly completions: number;
  readonly language: string | null;
  readonly split: Split;
  readonly batch: number;
  readonly source: "import" | "run" | "evaluation" | "arena" | "other";
  /** Monday of the week (UTC) of its latest judgement. */
  readonly week: string;
  readonly said: readonly CountedAnswer[];
}

type Reader = Pick<Database, "$queryRaw" | "questionnaire">;

/** The items that were judged last, with what counts of what people and files said of them. */
export async function readJudgedItems(db: Reader, projectId: string): Promise<JudgedItem[]> {
  const latest = Prisma.sql`
    SELECT j.task_id FROM judgement j
    WHERE j.project_id = ${projectId}::uuid AND j.kind = 'answer' AND j.source <> 'simulated'
    ORDER BY j.created_at DESC, j.id DESC LIMIT ${latestJudgements}::int`;
  return itemsSaidOf(db, latest, Prisma.sql`effective_judgement e WHERE true`);
}

/** The same of a label set: its items that were judged last, with what is in it of what people and files said of them. */
export async function readItemsOfSet(db: Reader, labelSetId: string): Promise<JudgedItem[]> {
  const held = Prisma.sql`label_set_item i JOIN judgement e ON e.id = i.judgement_id WHERE i.label_set_id = ${labelSetId}::uuid`;
  const latest = Prisma.sql`
    SELECT e.task_id FROM ${held} AND e.source <> 'simulated'
    ORDER BY i.judgement_id DESC LIMIT ${latestJudgements}::int`;
  return itemsSaidOf(db, latest, held);
}

/**
 * @param latest the items that are looked at, as a statement
 * @param from where judgements `e` are read, with a condition on them
 */
async function itemsSaidOf(db: Reader, latest: Prisma.Sql, from: Prisma.Sql): Promise<JudgedItem[]> {
  const rows = await db.$queryRaw<unknown[]>`
    WITH latest AS MATERIALIZED (SELECT DISTINCT l.task_id FROM (${latest}) l)
    SELECT e.task_id AS "taskId", e.answer, e.shown_order AS "shownOrder", e.source = 'person' AS "byPerson",
      count(*)::int AS times, to_char(date_trunc('week', max(e.created_at) AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week
    FROM ${from} AND e.task_id IN (SELECT task_id FROM latest) AND e.source <> 'simulated'
    GROUP BY e.task_id, e.answer, e.shown_order, e.source = 'person'`;
  const said = grouped(z.array(Row).parse(rows), ({ taskId }) => taskId);
  const items = await readItems(db, [...said.keys()]);
  const questionnaires = await readQuestionnaires(db, items);
  return items.map(({ questionnaireId, ...item }) => {
    const asked = questionnaires.get(questionnaireId) ?? { name: "", questions: [] };
    const own = said.get(item.taskId) ?? [];
    return {
      ...item,
      questionnaire: asked.name,
      questions: asked.questions,
      week:
        own
          .map(({ week }) => week)
          .sort()
          .at(-1) ?? "",
      said: own.map(({ answer, ...row }) => ({ ...row, answers: answersOf(answer, asked.questions) })),
    };
  });
}

async function readItems(db: Reader, taskIds: readonly string[]): Promise<z.infer<typeof Item>[]> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT t.id AS "taskId", t.questionnaire_id AS "questionnaireId", cardinality(t.completion_ids) AS completions,
      p.language, p.split, t.batch, CASE WHEN t.reason = 'arena' THEN 'arena' WHEN t.evaluation_id IS NOT NULL THEN 'evaluation'
        WHEN EXISTS (SELECT FROM completion c WHERE c.id = ANY (t.completion_ids) AND c.run_id IS NOT NULL) THEN 'run'
        WHEN t.import_id IS NOT NULL THEN 'import' ELSE 'other' END AS source
    FROM task t JOIN prompt p ON p.id = t.prompt_id WHERE t.id = ANY (${[...taskIds]}::uuid[]) ORDER BY t.id`;
  return z.array(Item).parse(rows);
}

async function readQuestionnaires(db: Reader, items: readonly { readonly questionnaireId: string }[]) {
  const ids = [...new Set(items.map(({ questionnaireId }) => questionnaireId))];
  const rows = await db.questionnaire.findMany({ where: { id: { in: ids } }, orderBy: { version: "asc" } });
  return new Map(rows.map(({ id, name, questions }) => [id, { name, questions: Questions.parse(questions) }]));
}
