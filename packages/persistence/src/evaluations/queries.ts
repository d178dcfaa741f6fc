import { EvaluationView, PreferenceAnswer, refused } from "@touchstone/contracts";
import { blindWinRate, outcomeOf, scoreFor, standingMethod, type WinRate } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import type { Prisma } from "../generated/client.ts";
import { countEvaluationPrompts } from "../generation/prompts.ts";
import { assertProject } from "../projects/queries.ts";
import { comparedSelect, toCompared } from "./compared.ts";
import { pairIsOpen } from "./open-pairs.ts";

interface JudgedTask {
  taskId: string;
  promptId: string;
  overlap: number;
  open: boolean;
  answers: unknown[];
  orders: number[][];
  simulated: boolean;
}

/** Every task of an evaluation in the order fixed when it was made, with the answers that count. */
async function judgedTasks(db: Database, evaluationId: string): Promise<JudgedTask[]> {
  return db.$queryRaw<JudgedTask[]>`
    SELECT t.id AS "taskId", t.prompt_id AS "promptId", t.overlap, ${pairIsOpen} AS open,
           coalesce(jsonb_agg(j.answer ORDER BY j.id) FILTER (WHERE j.id IS NOT NULL), '[]') AS answers,
           coalesce(jsonb_agg(to_jsonb(j.shown_order) ORDER BY j.id) FILTER (WHERE j.id IS NOT NULL), '[]') AS orders,
           coalesce(bool_or(j.source = 'simulated'), false) AS simulated
    FROM task t LEFT JOIN effective_judgement j ON j.task_id = t.id
    WHERE t.evaluation_id = ${evaluationId}::uuid
    GROUP BY t.id, t.overlap, t.batch, t.sort_key
    ORDER BY t.batch, t.sort_key, t.id`;
}

/** The candidate is the first of each pair (`a`), whatever side it was shown on. */
function scores(task: JudgedTask): number[] {
  return task.answers.map((answer, index) =>
    scoreFor("a", outcomeOf(PreferenceAnswer.parse(answer), task.orders[index] ?? [])),
  );
}

type EvaluationRow = Prisma.EvaluationGetPayload<{ include: typeof comparedSelect }>;

function winRateOf(tasks: readonly JudgedTask[], { margin, identical }: EvaluationRow): WinRate {
  const prompts = tasks.map((task) => ({ wanted: task.overlap, scores: scores(task), open: task.open }));
  return blindWinRate(prompts, { margin, identical });
}

/** How far people are; who of several policies wins is no rate. A prompt is judged once all that is asked about it is. */
function ofSeveral(tasks: readonly JudgedTask[], prompts: number): WinRate {
  const isWanting = ({ answers, overlap }: JudgedTask) => answers.length < overlap;
  const wanting = new Set(tasks.filter(isWanting).map(({ promptId }) => promptId));
  return {
    estimate: null,
    verdict: "not yet known",
    method: standingMethod,
    judged: prompts - wanting.size,
    total: prompts,
    judgements: tasks.reduce((sum, { answers }) => sum + answers.length, 0),
    ties: 0,
  };
}

/** Whether an evaluation without answers still waits for them, or the last run that was to write them ended without. */
async function writingState(db: Database, evaluationId: string): Promise<"generating" | "stopped"> {
  const run = await db.run.findFirst({ where: { evaluationId }, orderBy: { id: "desc" }, select: { state: true } });
  return run?.state === "cancelled" || run?.state === "failed" ? "stopped" : "generating";
}

async function toView(db: Database, row: EvaluationRow, available: number): Promise<EvaluationView> {
  const tasks = await judgedTasks(db, row.id);
  const rate = row.others.length > 0 ? ofSeveral(tasks, row.prompts - row.deletedPrompts) : winRateOf(tasks, row);
  const writing = row.state === "generating" ? await writingState(db, row.id) : null;
  return EvaluationView.parse({
    ...row,
    candidateName: row.candidate?.name ?? null,
    baselineName: row.baseline.name,
    ...toCompared(row),
    state: writing ?? (tasks.some(({ open }) => open) ? "judging" : "done"),
    prompts: {
      judged: rate.judged,
      total: writing ? row.prompts : rate.total,
      asked: row.asked,
      available,
    },
    judgements: rate.judgements,
    ties: rate.ties,
    winRate: rate.estimate,
    method: rate.method,
    verdict: rate.verdict,
    simulated: tasks.some((task) => task.simulated),
    erased: row.erasedAt && { judgements: row.erasedJudgements, at: row.erasedAt.toISOString() },
    createdAt: row.createdAt.toISOString(),
  });
}

/** @throws DomainError not_found. */
export async function getEvaluation(db: Database, workspaceId: string, id: string): Promise<EvaluationView> {
  const row = await db.evaluation.findFirst({ where: { id, workspaceId }, include: comparedSelect });
  if (!row) throw refused("notThere", { kind: "evaluation" });
  return toView(db, row, await countEvaluationPrompts(db, workspaceId, row.projectId));
}

export async function listEvaluations(db: Database, workspaceId: string, projectId: string): Promise<EvaluationView[]> {
  await assertProject(db, workspaceId, projectId);
  const rows = await db.evaluation.findMany({
    where: { workspaceId, projectId },
    include: comparedSelect,
    orderBy: { id: "desc" },
    take: 100,
  });
  const available = await countEvaluationPrompts(db, workspaceId, projectId);
  return Promise.all(rows.map((row) => toView(db, row, available)));
}

export interface Contest {
  /** The policies that the run's own is compared with, the baseline first. */
  readonly rivals: readonly string[];
  /** Of how many answers of the run's own policy this reward model chooses one; null, and it gives one. */
  readonly bestOf: { readonly samples: number; readonly rewardId: string } | null;
}

/** What the run of an evaluation writes answers for. */
export async function evaluationContest(
  db: Database,
  run: { workspaceId: string; evaluationId: string | null },
): Promise<Contest> {
  const row = await db.evaluation.findFirstOrThrow({
    where: { id: run.evaluationId ?? "", workspaceId: run.workspaceId },
    include: { others: { orderBy: { place: "asc" } } },
  });
  const { bestOf: samples, rewardId } = row;
  return {
    rivals: [row.baselineId, ...row.others.map(({ modelVersionId }) => modelVersionId)],
    bestOf: samples !== null && rewardId !== null ? { samples, rewardId } : null,
  };
}
