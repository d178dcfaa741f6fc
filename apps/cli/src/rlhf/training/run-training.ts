import { existsSync } from "node:fs";
import { join } from "node:path";
import { FrozenFeatures, TrainingSpec } from "@touchstone/contracts";
import { counted } from "@touchstone/datasets";
import { type Engine, openEngine } from "@touchstone/engine";
import { onInterrupt } from "../../signals.ts";
import { callerPath } from "../files/caller-path.ts";
import { fileLine } from "../files/file-line.ts";
import { readModel, type StoredModel } from "../files/read-model.ts";
import { type DataFile, readDataFile, splitOf } from "../files/read-rows.ts";
import { withItsBase } from "../files/rests-on.ts";
import { UsageError } from "../usage-error.ts";
import { placed } from "./file-roles.ts";
import { type Plan, planOf } from "./plan.ts";
import { duration } from "./progress.ts";
import type { SpecFlag } from "./spec-flags.ts";
import { rewardFromData, startingPolicySpec } from "./starting-policy.ts";
import { type TrainingOutcome, trainInto } from "./train.ts";
import { kindsRead, unreadRows } from "./unread-rows.ts";

/** Trainers that can begin with nothing but data. */
const startsFromData: readonly TrainingSpec["trainer"][] = ["reward"];

/** Everything behind `rlhf TRAINER`. @throws UsageError, TrainingError */
export async function runTraining(
  trainer: TrainingSpec["trainer"],
  flags: readonly SpecFlag[],
  options: Readonly<Record<string, unknown>>,
): Promise<void> {
  const plan = withFrozenFeatures(withDefaultsFromData(await planOf(trainer, flags, options)));
  if (plan.train.length === 0) throw new UsageError("--train: name a file to learn from.");
  if (plan.out === undefined) throw new UsageError("--out: name the run directory to write.");
  const out = callerPath(plan.out);
  const read = [...(await readAll(plan.train, "train")), ...(await readAll(plan.validation, "validation"))];
  for (const file of read) process.stderr.write(`${lineOf(file, plan.spec)}\n`);
  const { files: data, notes: ofFiles } = placed(read);
  const notes = [
    ...ofFiles,
    ...unreadRows(
      plan.spec,
      data.flatMap(({ rows }) => rows),
    ),
  ];
  const { workers } = plan;
  const engine = await openEngine({ workers });
  process.stderr.write(`${engine.reason}${workers > 1 ? ` ${workers} threads share each step.` : ""}\n`);
  const signal = onInterrupt();
  const models = await modelsOf(plan, data, join(out, "start"), engine, signal);
  const outcome = await trainInto({ spec: plan.spec, seed: plan.seed, data, notes, models, out, engine, signal });
  tell(outcome, options.json === true);
}

/** A reward model of data alone has other good settings than one that starts from a trained policy; what was asked for stands. */
function withDefaultsFromData(plan: Plan): Plan {
  if (plan.policy !== undefined || plan.features !== undefined || plan.spec.trainer !== "reward") return plan;
  const { objective } = plan.given;
  // Settings of the same objective join the recipe's; another objective, such as one for ratings, has settings of its own.
  const isSame = plan.spec.objective.kind === rewardFromData.objective.kind && typeof objective === "object";
  const given = isSame ? { ...plan.given, objective: { ...rewardFromData.objective, ...objective } } : plan.given;
  return { ...plan, spec: TrainingSpec.parse({ trainer: "reward", ...rewardFromData, ...given }) };
}

/** `--features` of a reward model is the policy that it reads, and says that it is only read. */
function withFrozenFeatures(plan: Plan): Plan {
  if (plan.features === undefined || plan.spec.trainer !== "reward") return plan;
  if (plan.policy !== undefined) {
    throw new UsageError("--policy and --features both name the model that the reward model is made of. Give one.");
  }
  const frozen = plan.spec.frozen ?? FrozenFeatures.parse({});
  return { ...plan, policy: plan.features, spec: { ...plan.spec, frozen } };
}

/** What a file was taken for, and what of it this trainer reads. */
function lineOf({ path, summary }: DataFile, spec: TrainingSpec): string {
  const used = summary.rowsOf(kindsRead(spec));
  const use = `${used.toLocaleString("en")} of ${counted(summary.rows, "row")} used`;
  return fileLine(path, summary, use, "columns not used");
}

function readAll(paths: readonly string[], split: "train" | "validation"): Promise<DataFile[]> {
  return Promise.all(paths.map((path) => readDataFile(path, split)));
}

/** @param start run directory of the policy that is made where none was given */
async function modelsOf(plan: Plan, data: readonly DataFile[], start: string, engine: Engine, signal: AbortSignal) {
  const models: { policy?: StoredModel; reference?: StoredModel; reward?: StoredModel } = {};
  for (const role of ["policy", "reference", "reward"] as const) {
    const path = plan[role];
    if (path !== undefined) models[role] = await readModel(`--${role}`, path);
  }
  if (models.reward) models.reward = await withItsBase(models.reward, plan.features);
  if (!models.policy && startsFromData.includes(plan.spec.trainer)) {
    process.stderr.write("No --policy was given: a small language model of these texts comes first.\n");
    const training = onlyTraining(data);
    const spec = startingPolicySpec(training);
    // A start that an unfinished run of a version before made is that run's own: its checkpoint says whether it fits.
    const takesUnnamedRoles = existsSync(join(start, "..", "manifest.json"));
    const { seed } = plan;
    await trainInto({ spec, seed, data: training, models: {}, out: start, engine, signal, takesUnnamedRoles });
    models.policy = await readModel("--policy", start);
  }
  return models;
}

function onlyTraining(data: readonly DataFile[]): DataFile[] {
  return data.map((file) => ({
    ...file,
    rows: file.rows.filter((row) => splitOf(row, file) === "train"),
  }));
}

function tell(outcome: TrainingOutcome, json: boolean): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
    return;
  }
  const width = Math.max(...Object.keys(outcome.metrics).map((name) => name.length));
  for (const [name, value] of Object.entries(outcome.metrics)) {
    process.stdout.write(`${name.padEnd(width)}  ${Number.isInteger(value) ? value : value.toPrecision(4)}\n`);
  }
  process.stderr.write(
    `${outcome.steps} ${outcome.steps === 1 ? "step" : "steps"}, ${duration(1_000 * outcome.seconds)}. The model is in ${outcome.out}/model.\n`,
  );
}
