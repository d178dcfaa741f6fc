import { type GenerateSpec, Questions, refused, standardQuestion } from "@touchstone/contracts";
import { roundsOf } from "@touchstone/labeling";
import type { Transaction } from "../client.ts";
import type { Evaluation, Run } from "../generated/client.ts";
import type { EqualPairs } from "../standing/equal-pairs.ts";
import { type ContenderAnswer, insertAnswers, standard } from "./insert.ts";

interface AnswerRow {
  readonly id: string;
  readonly modelVersionId: string | null;
  readonly text: string | null;
}

/** What people are asked of one prompt, and the answers' pairs that are equal, so that nobody is. */
interface Asked {
  readonly tasks: readonly (readonly string[])[];
  readonly equal: readonly (readonly [AnswerRow, AnswerRow])[];
}

/**
 * One answer of each policy a prompt, as blind tasks that come before all other work. Two policies are a pair. Of several,
 * each prompt asks about pairs by turns, in which each policy stands once, so that over the prompts every two meet equally
 * often; or about all answers in one ranking.
 */
export async function insertEvaluationTasks(
  tx: Transaction,
  run: Run,
  spec: GenerateSpec,
  answers: readonly ContenderAnswer[],
): Promise<void> {
  const evaluation = await tx.evaluation.findFirstOrThrow({
    where: { id: run.evaluationId ?? "" },
    include: { others: { select: { place: true } } },
  });
  const contenders = 2 + evaluation.others.length;
  const questionnaireId = await questionnaireOf(tx, evaluation);
  // Ids are given in the order of insertion and go to the desk: an order by policy would tell whose answer is whose.
  const byText = answers.toSorted((one, other) => (one.text < other.text ? -1 : 1));
  const byPrompt = await insertAnswers(tx, run, spec.sampling, byText);
  // Canonical order is that of the contenders; what a person sees is shuffled with each lease.
  const complete = [...byPrompt]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([promptId, rows]) => ({
      promptId,
      rows: Array.from({ length: contenders }, (_, place) => rows.find((row) => row.contender === place) ?? []).flat(),
    }))
    .filter(({ rows }) => rows.length === contenders);
  const ask = evaluation.ask === "ranking" ? askRanking : askPairs(contenders);
  const asked = complete.map(({ promptId, rows }, place) => ({ promptId, ...ask(rows, place) }));
  await tx.task.createMany({
    data: asked.flatMap(({ promptId, tasks }) =>
      tasks.map((completionIds) => ({
        workspaceId: run.workspaceId,
        projectId: run.projectId,
        questionnaireId,
        promptId,
        completionIds: [...completionIds],
        evaluationId: evaluation.id,
        overlap: evaluation.overlap,
        batch: 10,
        reason: "blind evaluation",
      })),
    ),
  });
  const equal = asked.flatMap(({ promptId, equal: pairs }) => pairs.map(([a, b]) => ({ promptId, a, b })));
  await tx.evaluation.update({
    where: { id: evaluation.id },
    data: {
      state: "judging",
      identical: equal.length,
      prompts: complete.length,
      equalPairs: await withClusters(tx, equal),
    },
  });
}

/** Pairs of a prompt in its turn of the tournament. */
function askPairs(policies: number): (rows: readonly AnswerRow[], place: number) => Asked {
  const rounds = roundsOf(policies);
  return (rows, place) => {
    const met = (rounds[place % rounds.length] ?? []).flatMap(([one, other]): [AnswerRow, AnswerRow][] => {
      const [a, b] = [rows[one], rows[other]];
      return a && b ? [[a, b]] : [];
    });
    const isEqual = ([a, b]: readonly [AnswerRow, AnswerRow]) => a.text === b.text;
    return {
      tasks: met.filter((pair) => !isEqual(pair)).map((pair) => pair.map(({ id }) => id)),
      equal: met.filter(isEqual),
    };
  };
}

/** All answers in one ranking, unless they are all the same. */
function askRanking(rows: readonly AnswerRow[]): Asked {
  const differ = new Set(rows.map(({ text }) => text)).size > 1;
  if (differ) return { tasks: [rows.map(({ id }) => id)], equal: [] };
  return { tasks: [], equal: rows.flatMap((a, one) => rows.slice(one + 1).map((b): [AnswerRow, AnswerRow] => [a, b])) };
}

async function withClusters(
  tx: Transaction,
  equal: readonly { promptId: string; a: AnswerRow; b: AnswerRow }[],
): Promise<EqualPairs> {
  const prompts = await tx.prompt.findMany({
    where: { id: { in: equal.map(({ promptId }) => promptId) } },
    select: { id: true, cluster: true },
  });
  const clusters = new Map(prompts.map(({ id, cluster }) => [id, cluster]));
  return equal.map(({ promptId, a, b }) => [
    clusters.get(promptId) ?? promptId,
    a.modelVersionId ?? "",
    b.modelVersionId ?? "",
  ]);
}

/** Rankings of evaluations are asked in words of their own, so that nobody's questionnaire changes what they mean. */
const rankingName = "evaluation-ranking";

async function questionnaireOf(tx: Transaction, { workspaceId, projectId, ask }: Evaluation): Promise<string> {
  if (ask === "pairs") {
    const preference = await standard(tx, { projectId }, "preference");
    if (!preference) throw refused("policiesNotComparable");
    return preference.id;
  }
  const question = { ...standardQuestion("ranking"), settings: { top: null, ties: true } };
  const latest = await tx.questionnaire.findFirst({
    where: { projectId, name: rankingName },
    orderBy: { version: "desc" },
  });
  const [only, ...more] = latest ? Questions.parse(latest.questions) : [];
  const fits =
    only?.kind === "ranking" && more.length === 0 && only.settings.top === null && only.settings.ties === true;
  if (latest && fits) return latest.id;
  const made = await tx.questionnaire.create({
    data: {
      workspaceId,
      projectId,
      name: rankingName,
      version: (latest?.version ?? 0) + 1,
      questions: Questions.parse([question]),
    },
  });
  return made.id;
}
