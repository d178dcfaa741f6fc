import { basename, dirname } from "node:path";
import { ReportCard, reportCardFile, type TrainingSpec } from "@touchstone/contracts";
import type { TrainingRow } from "@touchstone/datasets";
import type { Engine } from "@touchstone/engine";
import {
  type Files,
  isOfOtherRequest,
  type Metrics,
  runTrainer,
  type TrainingData,
  TrainingError,
} from "@touchstone/rlhf";
import { storedFeatures } from "../files/features-folder.ts";
import type { StoredModel } from "../files/read-model.ts";
import type { DataFile } from "../files/read-rows.ts";
import { UsageError } from "../usage-error.ts";
import { parquetOf } from "./parquet.ts";
import { trainingProgress } from "./progress.ts";
import { resumePoint } from "./resume-point.ts";
import { openRunDirectory, type RunDirectory } from "./run-directory.ts";
import { describedSpec, runIdentity } from "./run-identity.ts";
import { trainingData } from "./training-data.ts";

export interface TrainingRequest {
  readonly spec: TrainingSpec;
  readonly seed: number;
  readonly data: readonly DataFile[];
  /** What was found out about the files, for the run's notes. */
  readonly notes?: readonly string[];
  readonly models: { readonly policy?: StoredModel; readonly reference?: StoredModel; readonly reward?: StoredModel };
  readonly out: string;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Whether a directory of a version before is taken for this run, though its files may have had other roles. */
  readonly takesUnnamedRoles?: boolean;
}

export interface TrainingOutcome {
  readonly out: string;
  readonly steps: number;
  readonly seconds: number;
  readonly metrics: Metrics;
  readonly notes: readonly string[];
}

/**
 * Trains into a run directory. Killed or cancelled, the same request goes on from the last checkpoint; done, it is not done again.
 * @throws UsageError, TrainingError
 */
export async function trainInto(request: TrainingRequest): Promise<TrainingOutcome> {
  const { spec, data, out } = request;
  const learned = trainingData(spec, data);
  const asked = { ...request, workers: request.engine.workers };
  const identity = runIdentity(asked);
  const isEarlierPlain = identity.isEarlierPlain || request.takesUnnamedRoles === true;
  const directory = await openRunDirectory(out, { ...identity, isEarlierPlain });
  try {
    return await trainInDirectory(request, learned, describedSpec(asked), directory);
  } finally {
    await directory.close();
  }
}

async function trainInDirectory(
  { spec, seed, data, notes: found = [], models, out, engine, signal }: TrainingRequest,
  learned: TrainingData,
  asked: object,
  directory: RunDirectory,
): Promise<TrainingOutcome> {
  const { earlier } = directory;
  const progress = trainingProgress(spec.trainer);
  if (earlier?.state === "done") {
    const unsaid = " by a version that did not write down how it read the rows. Name another --out to read them as now";
    progress.line(`${out} holds this very run, done already${earlier.rows === undefined ? unsaid : ""}.`);
    const { steps, seconds, metrics, notes } = earlier;
    return { out, steps, seconds, metrics, notes };
  }
  const state = { startedAt: earlier?.startedAt ?? new Date().toISOString(), notes: new Set(earlier?.notes), steps: 0 };
  const began = Date.now();
  const seconds = () => Math.round((earlier?.seconds ?? 0) + (Date.now() - began) / 1_000);
  const record = (how: "running" | "cancelled" | "failed" | "done", metrics: Metrics = {}, error?: string) =>
    directory.writeManifest({
      state: how,
      engine: engine.reason,
      fingerprint: engine.fingerprint,
      startedAt: state.startedAt,
      seconds: seconds(),
      steps: state.steps,
      metrics: { ...metrics },
      notes: [...state.notes],
      ...(error === undefined ? {} : { error }),
    });

  // First of all: what was killed before its manifest was there could not be told from other files.
  await record("running");
  await directory.write("spec.json", `${JSON.stringify(asked, null, 2)}\n`);
  const resume = await resumePoint(directory, progress.line);
  // What was learned from stays as it was written at first: whether these are the same rows is for the checkpoint to say.
  if (!resume) {
    await writeData(
      directory,
      data.flatMap((file) => file.rows),
    );
  }
  const say = (message: string) => {
    if (state.notes.has(message)) return;
    state.notes.add(message);
    progress.line(message);
  };
  for (const message of found) say(message);
  try {
    const result = await runTrainer({
      spec,
      data: learned,
      models: { policy: models.policy?.files, reference: models.reference?.files, reward: models.reward?.files },
      ...frozenParts(spec, models.policy),
      engine,
      seed,
      signal,
      resume,
      onMetric: async (step, values, totalSteps) => {
        state.steps = step;
        progress.step(step, totalSteps, values);
        await directory.appendMetrics(step, values);
      },
      onCheckpoint: (step, files) => directory.writeCheckpoint(step, files),
      onNote: say,
    });
    await directory.writeModel(result.files);
    await record("done", result.metrics);
    const sentence = sentenceOf(result.files);
    if (sentence !== undefined) progress.line(`${sentence} More in ${out}/model/${reportCardFile}.`);
    return { out, steps: result.steps, seconds: seconds(), metrics: result.metrics, notes: [...state.notes] };
  } catch (error) {
    const cancelled = error instanceof TrainingError && error.code === "cancelled";
    const message = error instanceof Error ? error.message : String(error);
    await record(cancelled ? "cancelled" : "failed", {}, message);
    if (cancelled) throw new UsageError(`${message} The same command goes on from there.`);
    if (isOfOtherRequest(error)) throw new UsageError(otherRows(out));
    throw error;
  }
}

/** What a reward model's report card says first. */
function sentenceOf(files: Files): string | undefined {
  const card = files.get(reportCardFile);
  return card && ReportCard.parse(JSON.parse(new TextDecoder().decode(card))).sentence.en;
}

/** What a head on frozen features needs beside the rest: where they are kept, and what the model is called that it rests on. */
function frozenParts(spec: TrainingSpec, policy: StoredModel | undefined) {
  if (spec.trainer !== "reward" || !spec.frozen || !policy) return {};
  const folder = basename(policy.path) === "model" ? dirname(policy.path) : policy.path;
  return { features: storedFeatures(), policyName: basename(folder) };
}

/** The settings, files and models are the run's own, or its folder would not have been opened. */
function otherRows(out: string): string {
  const what = "a run of these very files by a version that read their rows, or what they are for, otherwise";
  return `${out} holds ${what}. Go on with that version, name another --out to begin anew, or remove it.`;
}

/** One file a kind of row. */
async function writeData(directory: RunDirectory, rows: readonly TrainingRow[]): Promise<void> {
  for (const kind of new Set(rows.map((row) => row.kind))) {
    await directory.write(`data/${kind}.parquet`, parquetOf(rows.filter((row) => row.kind === kind)));
  }
}
