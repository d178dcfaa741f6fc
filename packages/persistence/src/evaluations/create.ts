import { type EvaluationDraft, type EvaluationView, GenerateSpec, RunDraft, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { evaluationSize } from "../generation/prompts.ts";
import { findModel, lockModel } from "../models/queries.ts";
import { assertProject } from "../projects/queries.ts";
import { insertRun } from "../runs/create.ts";
import { getEvaluation } from "./queries.ts";

/** @throws DomainError not_found, wrong_model (no policy, or one twice), invalid_value (two in a ranking). */
export async function createEvaluation(
  db: Database,
  by: Actor,
  projectId: string,
  draft: EvaluationDraft,
): Promise<EvaluationView> {
  await assertProject(db, by.workspaceId, projectId);
  const candidate = await findModel(db, by.workspaceId, draft.candidateId);
  const baseline = await findModel(db, by.workspaceId, draft.baselineId);
  const others = await Promise.all(draft.otherIds.map((id) => findModel(db, by.workspaceId, id)));
  const seen = new Set<string>();
  for (const [path, model] of [
    ["candidateId", candidate] as const,
    ["baselineId", baseline] as const,
    ...others.map((model, place) => [`otherIds.${place}`, model] as const),
  ]) {
    if (model.kind !== "policy") throw refused("noPolicy", { name: model.name, at: path });
    if (seen.has(model.id)) throw refused("onePolicyTwice", { at: path });
    seen.add(model.id);
  }
  if (draft.ask === "ranking" && others.length === 0) throw refused("rankingOfTwo", { at: "ask" });
  const id = await db.$transaction(async (tx) => {
    const { overlap, seed } = draft;
    for (const model of seen) {
      await lockModel(tx, by.workspaceId, model);
      await findModel(tx, by.workspaceId, model);
    }
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
        ask: draft.ask,
        others: { create: others.map(({ id: modelVersionId }, place) => ({ modelVersionId, place })) },
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
