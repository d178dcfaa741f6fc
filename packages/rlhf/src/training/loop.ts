import { type AdamW, adamw } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import type { Files } from "../model/files.ts";
import { ownOf } from "../parallel/in-pieces.ts";
import { TrainingError } from "../training-error.ts";
import { type Alerts, openAlerts } from "./alerts.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { type EarlyStop, earlyStop } from "./early-stopping.ts";
import { type Learned, openLearned } from "./learned.ts";
import { bytesOfUpdate, checkMemory, memoryRoom } from "./memory.ts";
import type { Note } from "./note.ts";
import type { Metrics, TraineeRequest, TrainerResult } from "./request.ts";
import { requestSha256 } from "./request-identity.ts";
import { learningRateAt } from "./schedule.ts";
import { openTeamGradients } from "./team-gradients.ts";
import type { Step, StepPart, Trainee } from "./trainee.ts";
import { openUpdate, type Update } from "./update.ts";

/**
 * The one training loop: gradients of a step's parts, clipping, AdamW, schedule, held-out looks, checkpoints.
 *
 * A checkpoint holds the weights, the optimiser's moments and the step. Random numbers and the place in the data follow
 * from seed and step, so a run resumed from it on the same engine ends with the same bits as an undisturbed one.
 *
 * @throws TrainingError `cancelled` (after a last checkpoint, unless it came during a look at the held-out split), `diverged`,
 * `bad_checkpoint`, `wrong_settings`, `too_little_memory`
 */
export async function trainingLoop(
  trainee: Trainee,
  request: TraineeRequest,
  note: Note,
): Promise<Omit<TrainerResult, "notes">> {
  const loop = new TrainingLoop(trainee, request, note);
  try {
    return await loop.run();
  } finally {
    loop.dispose();
  }
}

class TrainingLoop {
  private readonly learned: Learned;
  private readonly optimiser: AdamW;
  private readonly update: Update;
  /** Of the request, by which a checkpoint knows its own run. */
  private readonly identity: string;
  private readonly alerts: Alerts;
  private readonly stop: EarlyStop;
  /** The last step that was taken as a whole. */
  private done = 0;

  constructor(
    private readonly trainee: Trainee,
    private readonly request: TraineeRequest,
    private readonly note: Note,
  ) {
    const { engine, spec, team } = request;
    const { tf } = engine;
    this.learned = openLearned(trainee, request);
    this.optimiser = adamw(tf, this.learned.moved, spec);
    const gradientsOf = openTeamGradients(tf, team, this.learned);
    const { learned, optimiser } = this;
    this.update = openUpdate({ tf, gradientsOf, learned, optimiser, clipNorm: spec.clipNorm });
    this.identity = requestSha256(request);
    this.alerts = openAlerts(note);
    this.stop = earlyStop(spec, learned, note);
  }

  async run(): Promise<Omit<TrainerResult, "notes">> {
    const { resume, spec } = this.request;
    const { totalSteps } = this.trainee;
    if (resume) this.goOnFrom(resume);
    const first = this.done + 1;
    for (let step = first; step <= totalSteps; step++) {
      await this.takeStep(step, step === first);
      const isEvaluated = step < totalSteps ? step % spec.evaluateEvery === 0 : this.stop.watches;
      if (isEvaluated && (await this.evaluate(step))) break;
      if (step < totalSteps && step % spec.checkpointEvery === 0) await this.save(step);
      // Lets the host hear a cancel, and its heartbeat beat, between two steps.
      await nextTurn();
    }
    return this.finish();
  }

  dispose(): void {
    this.optimiser.dispose();
    this.learned.dispose();
  }

  /** @throws TrainingError `bad_checkpoint` */
  private goOnFrom(checkpoint: Files): void {
    const { fingerprint } = this.request.engine;
    const position = readCheckpoint(checkpoint, this.identity, this.learned, this.optimiser);
    this.done = position.step;
    if (position.state) this.trainee.state?.write(position.state);
    if (position.alerts) this.alerts.restore(position.alerts);
    this.stop.resume(position.best, checkpoint);
    if (position.fingerprint === fingerprint) return;
    this.note(
      `Resumed on another engine (${position.fingerprint}): the last bits may differ from an undisturbed run.`,
      {
        code: "other_engine",
        level: "warning",
        values: { fingerprint: position.fingerprint },
      },
    );
  }

  private async takeStep(step: number, isFirst: boolean): Promise<void> {
    const { spec } = this.request;
    const began = performance.now();
    const { parts, further = [], metrics } = await this.prepare(step);
    const learningRate = learningRateAt(spec, step, this.trainee.totalSteps);
    const updates = [parts, ...further];
    if (isFirst) this.checkRoom(updates);
    const taken: Metrics[] = [];
    for (const update of updates) {
      // Only a turn: a cancel waits for the step's end, since a checkpoint knows no half steps.
      if (taken.length > 0) await nextTurn();
      taken.push(await this.update(update, learningRate, step));
    }
    this.trainee.afterStep?.();
    const tokens = updates.flat().reduce((sum, part) => sum + part.tokens, 0);
    const tokensPerSecond = (1_000 * tokens) / (performance.now() - began);
    const figures = { ...meanOfEach(taken), ...metrics, lr: learningRate, tokensPerSecond };
    await this.report(step, figures);
    this.alerts.step(step, figures);
    this.done = step;
  }

  /** A cancel while the step is prepared finds the weights of the step before, and they are kept. */
  private async prepare(step: number): Promise<Step> {
    const { signal } = this.request;
    try {
      signal?.throwIfAborted();
      return await this.trainee.prepare(step);
    } catch (error) {
      if (!signal?.aborted) throw error;
      await this.save(step - 1);
      const { totalSteps } = this.trainee;
      throw new TrainingError("cancelled", `The run was cancelled after ${step - 1} of ${totalSteps} steps.`);
    }
  }

  /** @throws TrainingError `too_little_memory` */
  private checkRoom(updates: readonly (readonly StepPart[])[]): void {
    const { engine, team } = this.request;
    const { variables } = this.trainee.parameters;
    const needed = updates.map((update) =>
      bytesOfUpdate(engine.tf, variables, this.learned.differentiated, ownOf(team, update)),
    );
    checkMemory(Math.max(...needed), memoryRoom(engine.tf, team.size), this.note);
  }

  /** Measures on what is held out. @returns whether the run should end here */
  private async evaluate(step: number): Promise<boolean> {
    const figures = await this.trainee.evaluate();
    await this.report(step, figures);
    this.alerts.heldOut(step, figures);
    return this.stop.isDue(step, figures);
  }

  private async save(step: number): Promise<void> {
    const { onCheckpoint, engine } = this.request;
    if (!onCheckpoint) return;
    const carried = { state: this.trainee.state?.read(), best: this.stop.best, alerts: this.alerts.state };
    const position = { step, request: this.identity, fingerprint: engine.fingerprint, ...carried };
    const files = writeCheckpoint(position, this.learned, this.optimiser);
    await onCheckpoint(step, new Map([...files, ...this.stop.files()]));
  }

  private async report(step: number, metrics: Metrics): Promise<void> {
    if (Object.keys(metrics).length > 0) await this.request.onMetric?.(step, metrics, this.trainee.totalSteps);
  }

  private async finish(): Promise<Omit<TrainerResult, "notes">> {
    const settled = this.stop.settle(this.done, this.trainee.totalSteps);
    const { files, metrics: final } = await this.trainee.finish();
    const metrics = { ...final, ...settled };
    await this.report(this.done, metrics);
    this.alerts.heldOut(this.done, metrics);
    return { files: this.learned.publish(files), metrics, steps: this.done };
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The mean of each figure over a step's updates. */
function meanOfEach(updates: readonly Metrics[]): Metrics {
  const names = Object.keys(updates[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, meanOf(updates.map((update) => update[name] ?? 0))]));
}
