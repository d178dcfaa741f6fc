import { nameOfModelFiles, type RunAlert, type RunDraft, type RunView, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import { getEndpoint } from "../endpoints/queries.ts";
import { promise } from "../outbox/promise.ts";
import { assertProject, getProject } from "../projects/queries.ts";
import { openTasksByAnswerer } from "../simulation/left-to-people.ts";
import { assertModelFiles } from "./import-files.ts";
import { assertLearnable } from "./label-counts.ts";
import { noModel, resolveModel } from "./model-ref.ts";
import { getRun } from "./queries.ts";
import { assertRoomForRuns } from "./quota.ts";
import { completeSpec, type RunSpec } from "./specs.ts";

export interface NewRun {
  projectId: string;
  draft: Omit<RunDraft, "kind">;
  spec: RunSpec;
  /** The run that must succeed first, as chains say; else it waits for the run whose model it needs, if that is to come. */
  waitsForId?: string;
  /** The schedule that starts it. */
  scheduleId?: string | undefined;
  evaluationId?: string;
  /** What is to be said of it before it begins. */
  alerts?: readonly RunAlert[];
}

const needsPolicy = new Set(["sft", "reward", "ilql", "rloo", "grpo", "ppo", "dpo", "generate"]);
const needsReward = new Set(["ilql", "rloo", "grpo", "ppo"]);

/** Row and outbox in one transaction: a run that is acknowledged will be taken, whatever happens to Redis. */
export async function insertRun(tx: Transaction, by: Actor, run: NewRun): Promise<string> {
  const { draft, spec } = run;
  const kind = spec.trainer;
  await assertRoomForRuns(tx, by.workspaceId, 1);
  const wantsPolicy = needsPolicy.has(kind) || (kind === "import" && draft.policy !== undefined);
  const policy =
    wantsPolicy && draft.endpointId === undefined
      ? await resolveModel(tx, by.workspaceId, "policy", draft.policy)
      : noModel;
  const reward = needsReward.has(kind) ? await resolveModel(tx, by.workspaceId, "reward", draft.reward) : noModel;
  const waitsForId = run.waitsForId ?? theOneToWaitFor(policy.waitsForId, reward.waitsForId);
  const row = await tx.run.create({
    data: {
      workspaceId: by.workspaceId,
      projectId: run.projectId,
      kind,
      name: draft.name ?? kind,
      state: waitsForId ? "waiting" : "queued",
      spec: JSON.parse(JSON.stringify(spec)),
      seed: draft.seed,
      capability: draft.capability,
      includesSimulated: draft.includeSimulated,
      policyId: policy.id,
      policyRunId: policy.runId,
      rewardId: reward.id,
      rewardRunId: reward.runId,
      waitsForId,
      evaluationId: run.evaluationId ?? null,
      endpointId: draft.endpointId ?? null,
      requestedById: by.id,
      scheduleId: run.scheduleId ?? null,
      alerts: run.alerts?.map((alert) => ({ ...alert })) ?? [],
    },
  });
  if (!waitsForId) await promise(tx, "run", row.id);
  return row.id;
}

/** A run waits for one other. @throws DomainError wrong_model */
function theOneToWaitFor(policyRunId: string | null, rewardRunId: string | null): string | null {
  if (policyRunId !== null && rewardRunId !== null) throw refused("twoRunsToWaitFor", { at: "reward" });
  return policyRunId ?? rewardRunId;
}

/** An endpoint answers as its settings say, where the run says nothing else. @throws DomainError not_found, invalid_spec, wrong_model */
async function specOf(db: Database, by: Actor, { kind, spec, endpointId, policy }: RunDraft): Promise<RunSpec> {
  if (endpointId === undefined) return completeSpec(kind, spec);
  if (kind !== "generate") throw refused("endpointOnlyCandidates", { at: "endpointId" });
  if (policy) throw refused("endpointAndPolicy", { at: "policy" });
  const { sampling: own } = await getEndpoint(db, by.workspaceId, endpointId);
  const { sampling } = spec;
  const isOwn = sampling === undefined || (typeof sampling === "object" && sampling !== null);
  const complete = completeSpec(kind, { ...spec, sampling: isOwn ? { ...own, ...sampling } : sampling });
  const isCandidates = complete.trainer === "generate" && complete.purpose === "candidates";
  if (!isCandidates) throw refused("endpointOnlyCandidates", { at: "endpointId" });
  return complete;
}

/** @throws DomainError not_found, invalid_spec, wrong_model, too_many_requests, too_few_labels, one_class. */
export async function launchRun(db: Database, by: Actor, projectId: string, draft: RunDraft): Promise<RunView> {
  await assertProject(db, by.workspaceId, projectId);
  const spec = await specOf(db, by, draft);
  if (spec.trainer !== "generate" && spec.trainer !== "simulate" && spec.trainer !== "import") {
    await assertLearnable(
      db,
      { workspaceId: by.workspaceId, projectId, includeSimulated: draft.includeSimulated },
      spec,
    );
  }
  const id = await db.$transaction(async (tx) => {
    const itsOwn = await nameOfImport(tx, { workspaceId: by.workspaceId, projectId }, { draft, spec });
    const name = draft.name ?? itsOwn;
    const runId = await insertRun(tx, by, { projectId, draft: { ...draft, name }, spec });
    await recordAudit(tx, by, "run.launched", runId, { kind: spec.trainer, projectId });
    return runId;
  });
  return getRun(db, by.workspaceId, id);
}

/**
 * Whether a model can come from the files that are named for it, and what it is called after.
 * @throws DomainError not_found, conflict, invalid_spec
 */
async function nameOfImport(
  tx: Transaction,
  where: { readonly workspaceId: string; readonly projectId: string },
  { draft, spec }: { readonly draft: RunDraft; readonly spec: RunSpec },
): Promise<string | undefined> {
  if (spec.trainer !== "import") return undefined;
  const { names, form } = await assertModelFiles(tx, where, spec);
  if (form === "adapter" && !draft.policy) throw refused("adapterNeedsBase", { at: "policy" });
  if (form !== "adapter" && draft.policy) throw refused("wholeModelHasNoBase", { at: "policy" });
  return nameOfModelFiles(names);
}

/**
 * Simulated annotators judge open tasks as a run of their own: seen, cancelled and resumed like any other. The run says from
 * the beginning how many of them it will leave to people.
 *
 * @throws DomainError not_found, too_many_requests, conflict where it could judge nothing.
 */
export async function launchSimulation(
  db: Database,
  by: Actor,
  projectId: string,
  draft: { annotators: number; judgements: number; seed: number },
): Promise<RunView> {
  const { state } = await getProject(db, by.workspaceId, projectId);
  if (state === "paused") throw refused("simulationPaused");
  const { seed, ...overrides } = draft;
  const spec = completeSpec("simulate", overrides);
  const run = { name: "simulated annotators", seed, spec: {}, capability: "cpu" as const, includeSimulated: true };
  const alerts = await saidBefore(db, projectId);
  const id = await db.$transaction(async (tx) => {
    const runId = await insertRun(tx, by, { projectId, draft: run, spec, alerts });
    await recordAudit(tx, by, "simulation.launched", runId, { projectId });
    return runId;
  });
  return getRun(db, by.workspaceId, id);
}

/** @throws DomainError conflict where all open tasks are left to people. */
async function saidBefore(db: Database, projectId: string): Promise<RunAlert[]> {
  const { total, leftToPeople: count } = await openTasksByAnswerer(db, projectId);
  if (count === 0) return [];
  if (count === total) throw refused("simulationOfOtherKinds", { count });
  const message = `Open tasks that are left to people: ${count} of ${total}. Simulated annotators compare two answers or rate one, and have no rule for what these ask.`;
  return [{ step: 0, level: "warning", code: "left_to_people", values: { count, total }, message }];
}
