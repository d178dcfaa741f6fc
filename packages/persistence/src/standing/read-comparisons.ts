import type { ModelStandingView, StandingQuery } from "@touchstone/contracts";
import { type OrderedPair, orderedPairs, SummedComparisons } from "@touchstone/labeling";
import type pg from "pg";
import { z } from "zod";
import { clientTransaction } from "../client-transaction.ts";
import { Prisma } from "../generated/client.ts";
import { answersOf } from "../judgements/stored-answers.ts";
import { judgementsFor, type OrderingQuestionnaire, openPairsOf, type Scope, sliceOf } from "./counted-judgements.ts";
import { writersOf } from "./writers.ts";

/** So many judgements are read, some seconds of a thread; of more, an even sample of prompts with all that was said of them. */
export const mostJudgements = 500_000;
const tasksAtATime = 1_000;
/** What judgements say in as many different ways is kept; beyond that it is worked out anew. */
const mostKept = 20_000;

/** Rows of Postgres as they come: only what is stored as JSON by people is parsed with care, in `answersOf`. */
interface TaskRow {
  readonly id: string;
  readonly questionnaireId: string;
  readonly cluster: string;
  readonly completionIds: readonly string[];
  /** By place, as Browse calls it: a version's id, or an import's name in small letters; null without a name. */
  readonly models: readonly (string | null)[];
  readonly names: readonly (string | null)[];
  readonly slice: string | null;
  /** Answer, order, whether the order is known, groups of whoever gave it. */
  readonly said: readonly (readonly [unknown, number[], boolean, string[]])[];
}

type Left = ModelStandingView["left"];

export interface Slice {
  readonly comparisons: SummedComparisons;
  readonly prompts: Set<string>;
  judgements: number;
}

export interface ReadComparisons {
  readonly all: Slice;
  readonly slices: ReadonlyMap<string | null, Slice>;
  /** Of each model its name as an import has it, and its judged answers. */
  readonly models: ReadonlyMap<string, { readonly name: string | null; readonly answers: ReadonlySet<string> }>;
  readonly left: Left;
  readonly sampled: ModelStandingView["sampled"];
}

type Questionnaires = ReadonlyMap<string, OrderingQuestionnaire>;

const Counts = z.object({
  leftOut: z.number(),
  simulated: z.number(),
  blind: z.number(),
  chosen: z.number(),
  unordered: z.number(),
  ordered: z.number(),
});

/** Reads what judgements say of two answers of known models, in one snapshot, some tasks at a time. */
export function readComparisons(
  pool: pg.Pool,
  scope: Scope,
  query: StandingQuery,
  questionnaires: Questionnaires,
  most = mostJudgements,
): Promise<ReadComparisons> {
  return clientTransaction(pool, async (client) => {
    const run = ({ text, values }: Prisma.Sql) => client.query({ text, values });
    await run(Prisma.sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    const ids = [...questionnaires.keys()];
    const isOpen = Prisma.sql`e.evaluation_id IS NOT NULL AND t.id IN (${openPairsOf(scope)})`;
    const isLeftOut = Prisma.sql`e.id IN (SELECT l.id FROM left_out_judgement l WHERE l.project_id = ${scope.projectId}::uuid)`;
    const isSimulated = Prisma.sql`(e.source = 'simulated' AND NOT ${query.includeSimulated}::boolean)`;
    const isChosen = Prisma.sql`t.evaluation_id IN (SELECT v.id FROM evaluation v
      WHERE v.project_id = ${scope.projectId}::uuid AND v.best_of IS NOT NULL)`;
    const isOrdered = Prisma.sql`t.questionnaire_id = ANY (${ids}::uuid[])`;
    const counted = await run(Prisma.sql`
      SELECT count(*) FILTER (WHERE state = 'l')::int AS "leftOut", count(*) FILTER (WHERE state = 's')::int AS simulated, count(*) FILTER (WHERE state = 'b')::int AS blind,
        count(*) FILTER (WHERE state = 'c')::int AS chosen,
        count(*) FILTER (WHERE state = 'u')::int AS unordered, count(*) FILTER (WHERE state = 'o')::int AS ordered
      FROM (SELECT CASE WHEN ${isLeftOut} THEN 'l' WHEN ${isSimulated} THEN 's' WHEN ${isOpen} THEN 'b' WHEN ${isChosen} THEN 'c' WHEN ${isOrdered} THEN 'o' ELSE 'u' END AS state
        FROM ${judgementsFor("standing_judgement", scope, query)}) told`);
    const { ordered, ...counts } = Counts.parse(counted.rows[0]);
    const share = Math.min(1, most / Math.max(1, ordered));
    const reading = new Reading(query, questionnaires, counts);
    await run(Prisma.sql`DECLARE judged NO SCROLL CURSOR FOR
      SELECT t.id, t.questionnaire_id AS "questionnaireId", p.cluster, to_jsonb(t.completion_ids) AS "completionIds",
        ${sliceOf(query.by ?? "asked")} AS slice,
        ${writersOf.keys} AS models,
        ${writersOf.names} AS names,
        jsonb_agg(jsonb_build_array(e.answer, to_jsonb(e.shown_order), e.source <> 'imported', to_jsonb(m.groups))) AS said
      FROM ${judgementsFor("effective_judgement", scope, query)}
        AND NOT ${isSimulated} AND NOT (${isOpen}) AND (${isChosen}) IS NOT TRUE AND ${isOrdered} AND ${sampledPrompts(share)}
      GROUP BY t.id, p.id, q.id`);
    for (;;) {
      const { rows } = await client.query<TaskRow>(`FETCH ${tasksAtATime} FROM judged`);
      for (const row of rows) reading.take(row);
      if (rows.length < tasksAtATime) break;
    }
    return reading.done(share < 1 ? ordered : null);
  });
}

/** The same prompts at every look, and all prompts of a cluster or none. */
const sampledPrompts = (share: number): Prisma.Sql =>
  share >= 1
    ? Prisma.sql`true`
    : Prisma.sql`('x' || left(md5(p.cluster), 8))::bit(32)::bigint < ${Math.floor(share * 2 ** 32)}::bigint`;

class Reading {
  private readonly query: StandingQuery;
  private readonly questionnaires: Questionnaires;
  private readonly kept = new Map<string, readonly OrderedPair[]>();
  private readonly all = emptySlice();
  private readonly slices = new Map<string | null, Slice>();
  private readonly models = new Map<string, { name: string | null; answers: Set<string> }>();
  private readonly unnamed = new Set<string>();
  private readonly left: { -readonly [Why in keyof Left]: number };
  private read = 0;

  constructor(
    query: StandingQuery,
    questionnaires: Questionnaires,
    counts: Pick<Left, "leftOut" | "simulated" | "blind" | "chosen" | "unordered">,
  ) {
    this.query = query;
    this.questionnaires = questionnaires;
    this.left = { ...counts, unnamed: 0, oneModel: 0, answersUnnamed: 0 };
  }

  take(task: TaskRow): void {
    this.read += task.said.length;
    for (const [place, id] of task.completionIds.entries()) this.takeAnswer(id, task.models[place], task.names[place]);
    for (const [answer, order, isOrderKnown, groups] of task.said) {
      const pairs = this.pairsOf(task, answer, order);
      if (pairs.length === 0) {
        this.left.unordered += 1;
        continue;
      }
      const named = pairs.filter(({ one, other }) => task.models[one] != null && task.models[other] != null);
      if (named.length === 0) this.left.unnamed += 1;
      else if (named.every(({ one, other }) => task.models[one] === task.models[other])) this.left.oneModel += 1;
      const sums = new Set<Slice>();
      for (const pair of named) {
        for (const slice of [this.all, ...this.slicesOf(task, pair, groups)]) {
          addPair(slice, task, pair, isOrderKnown);
          sums.add(slice);
        }
      }
      for (const slice of sums) slice.judgements += 1;
    }
  }

  done(of: number | null): ReadComparisons {
    return {
      all: this.all,
      slices: this.slices,
      models: this.models,
      left: { ...this.left, answersUnnamed: this.unnamed.size },
      sampled: of === null ? null : { judgements: this.read, of },
    };
  }

  private takeAnswer(id: string, model: string | null | undefined, name: string | null | undefined): void {
    if (model == null) {
      this.unnamed.add(id);
      return;
    }
    const known = this.models.get(model) ?? { name: name ?? null, answers: new Set() };
    known.answers.add(id);
    this.models.set(model, known);
  }

  /** Most judgements say one of few things: each is worked out once. */
  private pairsOf(
    { questionnaireId, completionIds }: TaskRow,
    answer: unknown,
    order: number[],
  ): readonly OrderedPair[] {
    const key = JSON.stringify([questionnaireId, order, completionIds.length, answer]);
    const known = this.kept.get(key);
    if (known) return known;
    const questionnaire = this.questionnaires.get(questionnaireId);
    if (!questionnaire) return [];
    const answers = answersOf(answer, questionnaire.questions);
    const pairs = orderedPairs(questionnaire.ordering, answers, order, completionIds.length);
    if (this.kept.size >= mostKept) this.kept.clear();
    this.kept.set(key, pairs);
    return pairs;
  }

  private slicesOf({ slice }: TaskRow, { question }: OrderedPair, groups: readonly string[]): Slice[] {
    switch (this.query.by) {
      case undefined:
        return [];
      case "group":
        return groups.length === 0 ? [this.sliceOf(null)] : groups.map((group) => this.sliceOf(group));
      case "asked":
        return [this.sliceOf(question)];
      default:
        return [this.sliceOf(slice)];
    }
  }

  private sliceOf(value: string | null): Slice {
    const slice = this.slices.get(value) ?? emptySlice();
    this.slices.set(value, slice);
    return slice;
  }
}

const emptySlice = (): Slice => ({ comparisons: new SummedComparisons(), prompts: new Set(), judgements: 0 });

const sides = { one: "a", other: "b", tie: "tie" } as const;

function addPair(slice: Slice, { models, cluster }: TaskRow, pair: OrderedPair, isOrderKnown: boolean): void {
  slice.prompts.add(cluster);
  slice.comparisons.add({
    a: models[pair.one] ?? "",
    b: models[pair.other] ?? "",
    won: sides[pair.won],
    first: isOrderKnown ? sides[pair.first] : null,
    weight: pair.weight,
    prompt: cluster,
  });
}
