import { loopPresets, type Preset, RoundDraft, RunDraft } from "@touchstone/contracts";
import {
  type Database,
  findModel,
  getEvaluation,
  getRunMetrics,
  launchRound,
  launchRun,
  launchSimulation,
} from "@touchstone/persistence";
import { z } from "zod";
import { meanUtility } from "./utility.ts";
import { runToEnd } from "./wait.ts";

export interface Loop {
  db: Database;
  by: { workspaceId: string; id: string };
  projectId: string;
  preset: Preset;
  seed: number;
  prompts: number;
  evaluationPrompts: number;
  say(line: string): void;
}

export interface RoundFigures {
  round: number;
  /** Mean hidden utility, in [0, 1], of the policy's answers to the evaluation prompts. */
  utility: number | null;
  /** Share of held-out labels on which the reward model agrees with the annotators; null before the first. */
  rewardAccuracy: number | null;
  /** KL to the round's starting policy, summed over a completion, in nats. */
  kl: number | null;
}

/** Simulated annotators judge until no task is left. */
export async function judgeAll(loop: Loop, judgements: number): Promise<void> {
  const run = await launchSimulation(loop.db, loop.by, loop.projectId, { annotators: 8, judgements, seed: loop.seed });
  await runToEnd(loop.db, loop.by.workspaceId, run.id, loop.say);
}

/** The newest point of a run's curve. */
async function lastPoint(loop: Loop, runId: string, name: string): Promise<number | null> {
  const { series } = await getRunMetrics(loop.db, loop.by.workspaceId, runId, { name });
  return series[0]?.points.at(-1)?.[1] ?? null;
}

/** The final figure that a run published with its model. */
async function publishedFigure(loop: Loop, modelVersionId: string | null, name: string): Promise<number | null> {
  const model = modelVersionId ? await findModel(loop.db, loop.by.workspaceId, modelVersionId) : null;
  const figure = z.record(z.string(), z.unknown()).parse(model?.metrics ?? {})[name];
  return typeof figure === "number" ? figure : null;
}

/**
 * One turn as a person would take it: fresh answers of the present policy, judgements, then reward model, policy
 * optimisation and a blind evaluation. Returns the new policy, its figures, and what the old one scored.
 */
export async function turn(
  loop: Loop,
  round: number,
  policyId: string,
): Promise<{ policyId: string; figures: RoundFigures; before: number | null }> {
  const { db, by, projectId, preset, say } = loop;
  const wait = (id: string) => runToEnd(db, by.workspaceId, id, say);
  const question = loopPresets[preset].reward.objective.kind === "squared-error" ? "rating" : "preference";
  const seed = loop.seed * 1_000 + round;
  const answers = await launchRun(
    db,
    by,
    projectId,
    RunDraft.parse({
      kind: "generate",
      name: "fresh answers",
      seed,
      policy: { modelVersionId: policyId },
      spec: { prompts: loop.prompts, question, sampling: { temperature: 1 } },
    }),
  );
  await wait(answers.id);
  await judgeAll(loop, 100_000);
  const draft = RoundDraft.parse({
    preset,
    policyId,
    seed,
    evaluationPrompts: loop.evaluationPrompts,
    candidatePrompts: 0,
    includeSimulated: true,
  });
  const { runs, evaluationId } = await launchRound(db, by, projectId, draft);
  const [reward, policy, generate] = [runs[0], runs[1], runs[2]];
  if (!reward || !policy || !generate) throw new Error("A round has three runs.");
  const trained = await wait(reward.id);
  for (const run of [policy, generate]) await wait(run.id);
  const { candidateId } = await getEvaluation(db, by.workspaceId, evaluationId);
  if (candidateId === null) throw new Error("The policy run succeeded and yet published no policy.");
  return {
    policyId: candidateId,
    before: await meanUtility(db, generate.id, policyId),
    figures: {
      round,
      utility: await meanUtility(db, generate.id, candidateId),
      rewardAccuracy: await publishedFigure(loop, trained.modelVersionId, "heldout.accuracy"),
      kl: (await lastPoint(loop, policy.id, "heldout.kl")) ?? (await lastPoint(loop, policy.id, "kl")),
    },
  };
}
