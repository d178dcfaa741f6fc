import { type EvaluationDraft, type EvaluationView, GenerateSpec, RunDraft, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import { evaluationSize } from "../generation/prompts.ts";
import { findModel, lockModel } from "../models/queries.ts";
import { assertProject } from "../projects/queries.ts";
import { insertRun } from "../runs/create.ts";
import { getEvaluation } from "./queries.ts";

/** @throws DomainError not_found, wrong_model (no policy, or one twice), invalid_value (two in a ranking, the best of several) */
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
    const againstItself = draft.bestOf !== null && path === "baselineId";
    if (seen.has(model.id) && !againstItself) throw refused("onePolicyTwice", { at: path });
    seen.add(model.id);
  }
  const reward = draft.bestOf && (await chosenBy(db, by.workspaceId, draft.bestOf.rewardId));
  if (reward && others.length > 0) throw refused("bestOfSeveral", { at: "bestOf" });
  if (draft.ask === "ranking" && others.length === 0) throw refused("rankingOfTwo", { at: "ask" });
  const id = await db.$transaction(async (tx) => {
    const { overlap, seed } = draft;
    for (const model of [...seen, ...(reward ? [reward.id] : [])]) {
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
        bestOf: draft.bestOf?.samples ?? null,
        rewardId: reward?.id ?? null,
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

/** @throws DomainError not_found; wrong_model for one that scores nothing */
async function chosenBy(db: Database, workspaceId: string, rewardId: string) {
  const model = await findModel(db, workspaceId, rewardId);
  if (model.kind !== "reward") {
    throw refused("modelOfOtherKind", { name: model.name, kind: "reward", at: "bestOf.rewardId" });
  }
  return model;
}
