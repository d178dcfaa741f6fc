import { EvaluationDraft, type EvaluationView, type Preset } from "@touchstone/contracts";
import { createEvaluation, getEvaluation, listRuns, openDatabase } from "@touchstone/persistence";
import { stopSignal } from "../signals.ts";
import { openLoopProject } from "./loop-project.ts";
import type { LoopResult } from "./loop-result.ts";
import { withLoopStack } from "./loop-stack.ts";
import { judgeAll, type Loop, type RoundFigures, turn } from "./round.ts";
import { table } from "./table.ts";
import { runToEnd } from "./wait.ts";

export interface LoopOptions {
  preset: Preset;
  rounds: number;
  seed: number;
  prompts: number;
  evaluationPrompts: number;
  json?: boolean;
}

/** The last policy against the first, judged blind. */
async function finalEvaluation(loop: Loop, candidateId: string, baselineId: string): Promise<EvaluationView> {
  const { db, by, projectId } = loop;
  const draft = EvaluationDraft.parse({
    name: "last against first",
    candidateId,
    baselineId,
    prompts: loop.evaluationPrompts,
    overlap: 3,
    seed: loop.seed,
  });
  const evaluation = await createEvaluation(db, by, projectId, draft);
  const { items } = await listRuns(db, by.workspaceId, projectId, { limit: 1 });
  if (items[0]) await runToEnd(db, by.workspaceId, items[0].id, loop.say);
  await judgeAll(loop, 100_000);
  return getEvaluation(db, by.workspaceId, evaluation.id);
}

async function goRound(loop: Loop, firstPolicyId: string, rounds: number): Promise<LoopResult> {
  const figures: RoundFigures[] = [];
  let policyId = firstPolicyId;
  for (let round = 1; round <= rounds; round++) {
    const result = await turn(loop, round, policyId);
    if (round === 1) figures.push({ round: 0, utility: result.before, rewardAccuracy: null, kl: 0 });
    figures.push(result.figures);
    policyId = result.policyId;
  }
  const verdict = await finalEvaluation(loop, policyId, firstPolicyId);
  return {
    rounds: figures,
    winRate: verdict.winRate?.value ?? null,
    interval: verdict.winRate ? [verdict.winRate.low, verdict.winRate.high] : null,
    verdict: verdict.verdict,
  };
}

/** The `loop` command: its own stack in a throw-away folder, the real worker, the real queues. */
export async function loop(options: LoopOptions): Promise<void> {
  const stop = stopSignal();
  const started = Date.now();
  const say = (line: string) => {
    process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${line}\n`);
  };
  const result = await withLoopStack(say, stop, async (stack) => {
    const database = openDatabase(stack.databaseUrl);
    try {
      const { db } = database;
      const { by, projectId, policyId } = await openLoopProject(db, stack.filesDir, options.seed, options);
      const { preset, seed, prompts, evaluationPrompts } = options;
      return await goRound(
        { db, by, projectId, preset, seed, prompts, evaluationPrompts, say },
        policyId,
        options.rounds,
      );
    } finally {
      await database.close();
    }
  });
  process.stdout.write(`${options.json ? JSON.stringify(result) : table(result)}\n`);
}
