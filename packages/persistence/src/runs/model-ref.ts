import { type ModelRef, refused } from "@touchstone/contracts";
import type { Transaction } from "../client.ts";
import { lockModel } from "../models/queries.ts";

export type NeededKind = "policy" | "reward";

/** The model that a run starts from; where another run is still to publish it, that run. */
interface NeededModel {
  readonly id: string | null;
  readonly runId: string | null;
  /** The run that has to succeed first. */
  readonly waitsForId: string | null;
}

export const noModel: NeededModel = { id: null, runId: null, waitsForId: null };

/** What runs of each kind publish; the others write rows. */
const publishes: Readonly<Record<string, NeededKind>> = {
  pretrain: "policy",
  sft: "policy",
  ilql: "policy",
  rloo: "policy",
  grpo: "policy",
  ppo: "policy",
  dpo: "policy",
  reward: "reward",
};

/** @throws DomainError wrong_model, not_found */
export async function resolveModel(
  tx: Transaction,
  workspaceId: string,
  kind: NeededKind,
  ref: ModelRef | undefined,
): Promise<NeededModel> {
  if (!ref) throw refused("modelNotNamed", { kind, at: kind });
  if ("runId" in ref) return modelOfRun(tx, workspaceId, kind, ref.runId);
  await lockModel(tx, workspaceId, ref.modelVersionId);
  const model = await tx.modelVersion.findFirst({ where: { id: ref.modelVersionId, workspaceId } });
  if (!model) throw refused("notThere", { kind, at: kind });
  if (model.kind !== kind) throw refused("modelOfOtherKind", { name: model.name, kind, at: kind });
  return { ...noModel, id: model.id };
}

async function modelOfRun(tx: Transaction, workspaceId: string, kind: NeededKind, runId: string): Promise<NeededModel> {
  // Locked, so that it cannot end between this look and the row of the run that is to wait for it.
  await tx.$queryRaw`SELECT FROM run WHERE id = ${runId}::uuid AND workspace_id = ${workspaceId}::uuid FOR SHARE`;
  const run = await tx.run.findFirst({ where: { id: runId, workspaceId }, include: { models: true } });
  if (!run) throw refused("publishingRunMissing", { kind, at: kind });
  if (publishes[run.kind] !== kind) throw refused("runOfOtherKind", { name: run.name, kind, at: kind });
  const [model] = run.models;
  if (model) return { id: model.id, runId, waitsForId: null };
  if (run.finishedAt !== null) throw refused("publishingRunEnded", { name: run.name, kind, at: kind });
  return { id: null, runId, waitsForId: runId };
}
