import type { GenerateSpec } from "@touchstone/contracts";
import { refused } from "@touchstone/contracts";
import type { Transaction } from "../client.ts";
import type { Run } from "../generated/client.ts";

export interface GeneratedAnswer {
  promptId: string;
  /** Null where a model behind an endpoint wrote it. */
  modelVersionId: string | null;
  text: string;
  seed: number;
  finishReason: string;
  /** How its writer is called, where that is no policy of ours, and what the answer itself says that it is. */
  metadata?: { model?: string; namesItself?: string[] };
}

/** An answer in an evaluation: which of those that it compares gave it, the candidate being 0. A policy may meet itself. */
export interface ContenderAnswer extends GeneratedAnswer {
  readonly contender: number;
}

export async function insertAnswers(
  tx: Transaction,
  run: Run,
  sampling: GenerateSpec["sampling"],
  answers: readonly (GeneratedAnswer & Partial<ContenderAnswer>)[],
) {
  const rows = await tx.completion.createManyAndReturn({
    data: answers.map(({ contender: _, ...answer }, index) => ({
      ...answer,
      workspaceId: run.workspaceId,
      runId: run.id,
      sampling: { ...sampling },
      key: `${run.id}.${index}`,
    })),
    select: { id: true, promptId: true, modelVersionId: true, text: true, key: true },
  });
  const contenders = new Map(answers.map(({ contender }, index) => [`${run.id}.${index}`, contender]));
  const told = rows.map(({ key, ...row }) => ({ ...row, contender: contenders.get(key) }));
  const byPrompt = new Map<string, typeof told>();
  for (const row of told) byPrompt.set(row.promptId, [...(byPrompt.get(row.promptId) ?? []), row]);
  return byPrompt;
}

/** Different texts only: two equal answers tell nothing, so nobody is asked about them. */
function distinct<T extends { text: string | null }>(rows: T[]): T[] {
  return [...new Map(rows.map((row) => [row.text, row])).values()];
}

/** Texts that would tell people, or have them believe, which model they judge. */
function heldBack(answers: readonly GeneratedAnswer[]): ReadonlySet<string> {
  return new Set(answers.filter(({ metadata }) => metadata?.namesItself).map(({ text }) => text));
}

export function standard(tx: Transaction, { projectId }: Pick<Run, "projectId">, name: GenerateSpec["question"]) {
  return tx.questionnaire.findFirst({ where: { projectId, name, version: 1 }, select: { id: true } });
}

/**
 * Several answers of one policy a prompt, and tasks on them: neighbours as pairs, or each alone to be rated.
 * Runs inside the transaction that ends the run, so that answers and tasks appear once or not at all.
 */
export async function insertCandidates(
  tx: Transaction,
  run: Run,
  spec: GenerateSpec,
  answers: GeneratedAnswer[],
): Promise<void> {
  const project = await tx.project.findUniqueOrThrow({ where: { id: run.projectId } });
  const questionnaire = await standard(tx, run, spec.question);
  if (!questionnaire) throw refused("questionNotAsked", { kind: spec.question, at: "spec.question" });
  const byPrompt = await insertAnswers(tx, run, spec.sampling, answers);
  const held = spec.selfNamed === "ask" ? new Set<string>() : heldBack(answers);
  const size = spec.question === "preference" ? 2 : 1;
  const tasks = [...byPrompt].flatMap(([promptId, rows]) => {
    const different = distinct(rows.filter(({ text }) => !held.has(text ?? "")));
    return Array.from({ length: Math.floor(different.length / size) }, (_, index) => ({
      promptId,
      completionIds: different.slice(index * size, (index + 1) * size).map((row) => row.id),
    }));
  });
  await tx.task.createMany({
    data: tasks.map((task) => ({
      ...task,
      workspaceId: run.workspaceId,
      projectId: run.projectId,
      questionnaireId: questionnaire.id,
      overlap: project.overlap,
      batch: 90,
      reason: "fresh answers",
    })),
  });
}
