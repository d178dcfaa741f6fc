import {
  GenerateSpec,
  loopPresets,
  quickPreset,
  type RoundDraft,
  RunDraft,
  type RunView,
  refused,
} from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { evaluationSize } from "../generation/prompts.ts";
import { assertProject } from "../projects/queries.ts";
import { insertRun } from "./create.ts";
import { assertLearnable } from "./label-counts.ts";
import { getRun } from "./queries.ts";
import { assertRoomForRuns } from "./quota.ts";

/** At most: reward model, policy, answers for the evaluation, fresh answers. */
const runsOfRound = 4;

export interface RoundIds {
  rewardRunId: string;
  policyRunId: string;
  generateRunId: string;
  /** Fresh answers to be judged for the next round, if some were asked for. */
  candidatesRunId: string | undefined;
  evaluationId: string;
}

/**
 * One turn of the loop as a chain of runs, each waiting for the one before: reward model from the labels, policy
 * against the reward model, fresh answers of the new and the old policy, and an evaluation that people judge blind.
 */
export async function insertRound(
  tx: Transaction,
  by: Actor,
  projectId: string,
  round: RoundDraft,
  scheduleId?: string,
): Promise<RoundIds> {
  const preset = presetOf(round);
  const settings = { seed: round.seed, capability: round.capability, includeSimulated: round.includeSimulated };
  const policy = await tx.modelVersion.findFirst({ where: { id: round.policyId, workspaceId: by.workspaceId } });
  if (!policy) throw refused("notThere", { kind: "policy", at: "policyId" });
  const old = { modelVersionId: round.policyId };
  const rewardRunId = await insertRun(tx, by, {
    projectId,
    scheduleId,
    draft: RunDraft.parse({ ...settings, kind: "reward", policy: old }),
    spec: preset.reward,
  });
  const policyRunId = await insertRun(tx, by, {
    projectId,
    scheduleId,
    draft: RunDraft.parse({ ...settings, kind: preset.policy.trainer, policy: old, reward: { runId: rewardRunId } }),
    spec: preset.policy,
    waitsForId: rewardRunId,
  });
  const prompts = await evaluationSize(tx, { workspaceId: by.workspaceId, projectId }, round.evaluationPrompts);
  const evaluation = await tx.evaluation.create({
    data: {
      workspaceId: by.workspaceId,
      projectId,
      candidateRunId: policyRunId,
      baselineId: round.policyId,
      prompts,
      asked: round.evaluationPrompts,
      overlap: 2,
      seed: round.seed,
    },
  });
  const generateRunId = await insertRun(tx, by, {
    projectId,
    scheduleId,
    draft: RunDraft.parse({
      ...settings,
      kind: "generate",
      policy: { runId: policyRunId },
      name: "evaluation answers",
    }),
    spec: GenerateSpec.parse({ trainer: "generate", purpose: "evaluation", prompts }),
    waitsForId: policyRunId,
    evaluationId: evaluation.id,
  });
  const candidatesRunId =
    round.candidatePrompts > 0
      ? await insertRun(tx, by, {
          projectId,
          scheduleId,
          draft: RunDraft.parse({
            ...settings,
            kind: "generate",
            policy: { runId: policyRunId },
            name: "fresh answers",
          }),
          spec: GenerateSpec.parse({
            trainer: "generate",
            prompts: round.candidatePrompts,
            question: round.preset === "article" ? "rating" : "preference",
          }),
          waitsForId: generateRunId,
        })
      : undefined;
  return { rewardRunId, policyRunId, generateRunId, candidatesRunId, evaluationId: evaluation.id };
}

function presetOf({ preset, quick }: RoundDraft) {
  return quick ? quickPreset(loopPresets[preset]) : loopPresets[preset];
}

/** Two presses of one button, or two people at once, make one round: the second finds the first one's runs under way. */
async function refuseTwice(tx: Transaction, projectId: string, round: RoundDraft): Promise<void> {
  await tx.$queryRaw`SELECT FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
  const { policy } = presetOf(round);
  const same = await tx.run.findFirst({
    where: {
      projectId,
      kind: policy.trainer,
      spec: { equals: JSON.parse(JSON.stringify(policy)) },
      policyId: round.policyId,
      seed: round.seed,
      waitsForId: { not: null },
      state: { in: ["waiting", "queued", "running"] },
    },
  });
  if (!same) return;
  throw refused("roundUnderWay", { at: "policyId" });
}

/**
 * All runs of the round in the order in which they take place.
 * @throws DomainError not_found, wrong_model, too_few_labels, one_class, too_many_requests, conflict (the same round is under way).
 */
export async function launchRound(
  db: Database,
  by: Actor,
  projectId: string,
  round: RoundDraft,
): Promise<{ runs: RunView[]; evaluationId: string }> {
  await assertProject(db, by.workspaceId, projectId);
  const where = { workspaceId: by.workspaceId, projectId, includeSimulated: round.includeSimulated };
  await assertLearnable(db, where, loopPresets[round.preset].reward);
  const ids = await db.$transaction(async (tx) => {
    await assertRoomForRuns(tx, by.workspaceId, runsOfRound);
    await refuseTwice(tx, projectId, round);
    const made = await insertRound(tx, by, projectId, round);
    await recordAudit(tx, by, "round.launched", made.evaluationId, { preset: round.preset, projectId });
    return made;
  });
  const inOrder = [ids.rewardRunId, ids.policyRunId, ids.generateRunId, ids.candidatesRunId];
  const runs = await Promise.all(inOrder.flatMap((id) => (id ? getRun(db, by.workspaceId, id) : [])));
  return { runs, evaluationId: ids.evaluationId };
}
