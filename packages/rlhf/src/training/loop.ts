import type { TrainingSpec } from "@touchstone/contracts";
import { type AdamW, adamw, DivergenceError, type TensorFlow } from "@touchstone/engine";
import { meanOf } from "../arithmetic.ts";
import { ownOf } from "../parallel/in-pieces.ts";
import { TrainingError } from "../training-error.ts";
import { openAlerts } from "./alerts.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import { earlyStop } from "./early-stopping.ts";
import { meansOf } from "./gradients.ts";
import { type Learned, openLearned } from "./learned.ts";
import { bytesOfUpdate, checkMemory, memoryRoom } from "./memory.ts";
import type { Note } from "./note.ts";
import type { Metrics, TraineeRequest, TrainerResult } from "./request.ts";
import { requestSha256 } from "./request-identity.ts";
import { learningRateAt } from "./schedule.ts";
import { openTeamGradients, type TeamGradients } from "./team-gradients.ts";
import type { StepPart, Trainee } from "./trainee.ts";

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
  const { engine, onMetric, onCheckpoint, signal, spec, team } = request;
  const { totalSteps } = trainee;
  const { tf, fingerprint } = engine;
  const learned = openLearned(trainee, request);
  const optimiser = adamw(tf, learned.moved, spec);
  const gradientsOf = openTeamGradients(tf, team, learned);
  const identity = requestSha256(request);
  const alerts = openAlerts(note);
  const stop = earlyStop(spec, learned, note);
  const save = async (step: number) => {
    if (!onCheckpoint) return;
    const carried = { state: trainee.state?.read(), best: stop.best, alerts: alerts.state };
    const files = writeCheckpoint({ step, request: identity, fingerprint, ...carried }, learned, optimiser);
    await onCheckpoint(step, new Map([...files, ...stop.files()]));
  };
  const report = async (step: number, metrics: Metrics) => {
    if (Object.keys(metrics).length > 0) await onMetric?.(step, metrics, totalSteps);
  };
  /** Measures on what is held out. @returns whether the run should end here */
  const evaluate = async (step: number) => {
    const figures = await trainee.evaluate();
    await report(step, figures);
    alerts.heldOut(step, figures);
    return stop.isDue(step, figures);
  };
  /** A cancel while the step is prepared finds the weights of the step before, and they are kept. */
  const prepare = async (step: number) => {
    try {
      signal?.throwIfAborted();
      return await trainee.prepare(step);
    } catch (error) {
      if (!signal?.aborted) throw error;
      await save(step - 1);
      throw new TrainingError("cancelled", `The run was cancelled after ${step - 1} of ${totalSteps} steps.`);
    }
  };

  try {
    let done = 0;
    if (request.resume) {
      const position = readCheckpoint(request.resume, identity, learned, optimiser);
      done = position.step;
      if (position.state) trainee.state?.write(position.state);
      if (position.alerts) alerts.restore(position.alerts);
      stop.resume(position.best, request.resume);
      if (position.fingerprint !== fingerprint) {
        note(`Resumed on another engine (${position.fingerprint}): the last bits may differ from an undisturbed run.`, {
          code: "other_engine",
          level: "warning",
          values: { fingerprint: position.fingerprint },
        });
      }
    }
    const first = done + 1;
    for (let step = first; step <= totalSteps; step++) {
      const began = performance.now();
      const { parts, further = [], metrics } = await prepare(step);
      const learningRate = learningRateAt(spec, step, totalSteps);
      const updates = [parts, ...further];
      if (step === first) {
        const needed = updates.map((update) =>
          bytesOfUpdate(tf, trainee.parameters.variables, learned.differentiated, ownOf(team, update)),
        );
        checkMemory(Math.max(...needed), memoryRoom(tf, team.size), note);
      }
      const taken: Metrics[] = [];
      for (const update of updates) {
        // Only a turn: a cancel waits for the step's end, since a checkpoint knows no half steps.
        if (taken.length > 0) await new Promise((resolve) => setImmediate(resolve));
        taken.push(await takeStep(tf, update, gradientsOf, learned, optimiser, learningRate, spec, step));
      }
      trainee.afterStep?.();
      const tokens = updates.flat().reduce((sum, part) => sum + part.tokens, 0);
      const tokensPerSecond = (1_000 * tokens) / (performance.now() - began);
      const figures = { ...meanOfEach(taken), ...metrics, lr: learningRate, tokensPerSecond };
      await report(step, figures);
      alerts.step(step, figures);
      done = step;
      const isEvaluated = step < totalSteps ? step % spec.evaluateEvery === 0 : stop.watches;
      if (isEvaluated && (await evaluate(step))) break;
      if (step < totalSteps && step % spec.checkpointEvery === 0) await save(step);
      // Lets the host hear a cancel, and its heartbeat beat, between two steps.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const settled = stop.settle(done, totalSteps);
    const { files, metrics: final } = await trainee.finish();
    const metrics = { ...final, ...settled };
    await report(done, metrics);
    alerts.heldOut(done, metrics);
    return { files: learned.publish(files), metrics, steps: done };
  } finally {
    optimiser.dispose();
    learned.dispose();
  }
}

/** The mean of each figure over a step's updates. */
function meanOfEach(updates: readonly Metrics[]): Metrics {
  const names = Object.keys(updates[0] ?? {});
  return Object.fromEntries(names.map((name) => [name, meanOf(updates.map((update) => update[name] ?? 0))]));
}

/** One update. Gradients longer than `clipNorm` are scaled down as a whole (Pascanu et al. 2013). */
async function takeStep(
  tf: TensorFlow,
  parts: readonly StepPart[],
  gradientsOf: TeamGradients,
  learned: Learned,
  optimiser: AdamW,
  learningRate: number,
  { clipNorm }: Pick<TrainingSpec, "clipNorm">,
  step: number,
): Promise<Metrics> {
  const { gradients, loss, observed } = await gradientsOf(parts);
  try {
    if (!Number.isFinite(loss)) throw new DivergenceError(`the loss is ${loss}`);
    const gradNorm = optimiser.step(gradients, learningRate, clipNorm);
    learned.follow();
    return { loss, gradNorm, ...meansOf(observed) };
  } catch (cause) {
    if (!(cause instanceof DivergenceError)) throw cause;
    // Before the first update no learning rate has done anything yet.
    const cure =
      step === 1
        ? "It is so before anything was learned: look at the starting model, and for values out of all proportion in the data."
        : "A lower learning rate usually cures it.";
    throw new TrainingError("diverged", `Training broke off at step ${step}: ${cause.message}. ${cure}`, {
      cause,
      values: { step },
    });
  } finally {
    tf.dispose([...gradients.values()]);
  }
}
