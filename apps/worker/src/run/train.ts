import type { TrainingSpec } from "@touchstone/contracts";
import { dropProgressAfter, findModel, listCheckpoints, newId, succeedRun } from "@touchstone/persistence";
import type { HeldRun } from "./context.ts";
import { openFeaturesFolder } from "./features-folder.ts";
import type { Files } from "./files.ts";
import { listenTo } from "./listener.ts";
import { loadData, loadModel, loadReward } from "./load.ts";
import { RunFailure, runInThread } from "./thread.ts";

/** The newest checkpoint that can be read, or the beginning; the curve behind it is cut, because those steps come again. */
async function resumePoint(held: HeldRun): Promise<{ step: number; resume: Files | undefined }> {
  for (const checkpoint of await listCheckpoints(held.db, held.run.id)) {
    const files = await held.files.readFolder(checkpoint.path);
    if (!files) continue;
    await dropProgressAfter(held.db, held.fence, checkpoint.step);
    return { step: checkpoint.step, resume: files };
  }
  await dropProgressAfter(held.db, held.fence, 0);
  return { step: 0, resume: undefined };
}

async function modelName(held: HeldRun, kind: "policy" | "reward"): Promise<string> {
  const parent = held.run.policyId ? await findModel(held.db, held.run.workspaceId, held.run.policyId) : null;
  const base = parent ? parent.name.replace(/ · .*$/, "") : held.run.name;
  return kind === "reward" ? `${base} · reward` : `${base} · ${held.run.kind}`;
}

/** load → train → save: a run that ends here has published exactly one model version. */
export async function train(held: HeldRun, spec: TrainingSpec): Promise<void> {
  const { run, fence } = held;
  const named = (await listCheckpoints(held.db, run.id)).map(({ path }) => path);
  await held.files.removeUnnamed(`runs/${run.id}`, named);
  const { step, resume } = await resumePoint(held);
  const job = {
    type: "train" as const,
    engine: held.environment.TOUCHSTONE_ENGINE,
    workers: held.environment.TOUCHSTONE_TRAINING_THREADS,
    seed: run.seed,
    spec,
    data: await loadData(held, spec),
    models: { policy: await loadModel(held, run.policyId), reward: await loadReward(held, run.rewardId) },
    policyName: run.policyId ? (await findModel(held.db, run.workspaceId, run.policyId)).name : undefined,
    featuresFolder: await openFeaturesFolder(held),
    resume,
  };
  const result = await runInThread(job, listenTo(held, step), held.stop, held.lost);
  if (result.type !== "trained") throw new RunFailure("internal", "The training thread answered something else.");
  const stored = await held.files.write(`runs/${run.id}/${fence.token}/model`, result.files);
  await succeedRun(held.db, run.workspaceId, fence, {
    id: await newId(held.db),
    projectId: run.projectId,
    kind: result.model.kind,
    name: await modelName(held, result.model.kind),
    parentId: run.policyId,
    rewardId: run.rewardId,
    labelSetId: run.labelSetId,
    files: stored.map((file) => ({ ...file })),
    sha256: result.model.sha256,
    parameters: result.model.parameters,
    tokenizerSha256: result.model.tokenizerSha256,
    spec: JSON.parse(JSON.stringify(spec)),
    metrics: result.metrics,
  });
}
