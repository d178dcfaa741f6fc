import { type EvaluationDraft, type EvaluationView, GenerateSpec, RunDraft, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { evaluationSize } from "../generation/prompts.ts";
import { findModel } from "../models/queries.ts";
import { assertProject } from "../projects/queries.ts";
import { insertRun } from "../runs/create.ts";
import { getEvaluation } from "./queries.ts";

/** @throws DomainError not_found, wrong_model (no policy, or both the same). */
export async function createEvaluation(
  db: Database,
  by: Actor,
  projectId: string,
  draft: EvaluationDraft,
): Promise<EvaluationView> {
  await assertProject(db, by.workspaceId, projectId);
  const candidate = await findModel(db, by.workspaceId, draft.candidateId);
  const baseline = await findModel(db, by.workspaceId, draft.baselineId);
  for (const [path, model] of [
    ["candidateId", candidate],
    ["baselineId", baseline],
  ] as const) {
    if (model.kind !== "policy") throw refused("noPolicy", { name: model.name, at: path });
  }
  if (candidate.id === baseline.id) {
    throw refused("onePolicyTwice", { at: "baselineId" });
  }
  const id = await db.$transaction(async (tx) => {
    const { overlap, seed } = draft;
    const prompts = await evaluationSize(tx, { workspaceId: by.workspaceId, projectId }, draft.prompts);
    const evaluation = await tx.evaluation.create({
      data: {
        workspaceId: by.workspaceId,
        projectId,
        name: draft.name ?? null,
        candidateId: candidate.id,
        baselineId: baseline.id,
        prompts,
        asked: draft.prompts,
        overlap,
        seed,
      },
    });
    const run = RunDraft.parse({
      kind: "generate",
      name: "evaluation answers",
      seed,
      policy: { modelVersionId: candidate.id },
    });
    const spec = GenerateSpec.parse({ trainer: "generate", purpose: "evaluation", prompts });
    await insertRun(tx, by, { projectId, draft: run, spec, evaluationId: evaluation.id });
    await recordAudit(tx, by, "evaluation.created", evaluation.id, { projectId });
    return evaluation.id;
  });
  return getEvaluation(db, by.workspaceId, id);
}
