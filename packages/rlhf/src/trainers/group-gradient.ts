import type { Scalar } from "@tensorflow/tfjs";
import type { GrpoSpec, RlooSpec } from "@touchstone/contracts";
import { answerRows } from "../model/answer-rows.ts";
import {
  drGrpoAdvantages,
  groupsOf,
  grpoAdvantages,
  inGroups,
  penalisedReward,
  rlooAdvantages,
} from "../objectives/advantages.ts";
import { answerLogProbs } from "../rollout/answer-log-probs.ts";
import { type JudgedAnswer, rolloutFigures } from "../rollout/judged-rollout.ts";
import { cutStep, type StepPiece } from "../training/cut-step.ts";
import type { Note } from "../training/note.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { StepPart, Trainee } from "../training/trainee.ts";
import { equalRewardsWatch } from "./equal-rewards.ts";
import { openOnPolicy } from "./on-policy.ts";

interface Weighted {
  readonly judged: JudgedAnswer;
  readonly advantage: number;
}

/**
 * REINFORCE without a critic: an answer is held against the others to its prompt. One update on each fresh batch, so there is
 * no ratio and nothing to clip. RLOO takes the others' mean as its baseline, GRPO the group's mean and deviation.
 */
export function openGroupGradientTrainer(spec: RlooSpec | GrpoSpec, request: TraineeRequest, note: Note): Trainee {
  const { tf } = request.engine;
  const { policy, rollout, scoreOf, trainee } = openOnPolicy(spec, request, note);
  const [advantagesOf, scaleOf] = algorithm(spec);
  const watchRewards = equalRewardsWatch(note);

  /** −mean over answers of A · Σ log π: its gradient is the policy gradient (Ahmadian et al. 2024, eq. 8). */
  const part = ({ rows: answers, share }: StepPiece<Weighted>): StepPart => ({
    share,
    tokens: answers.reduce((sum, { judged }) => sum + judged.sequence.ids.length, 0),
    loss() {
      const rows = answerRows(answers.map(({ judged }) => judged.sequence));
      const weights = answers.map(({ judged, advantage }) => advantage * scaleOf(judged));
      const ofToken = Float32Array.from(rows.sequence, (index) => weights[index] ?? 0);
      const weighted = tf.mul(answerLogProbs(policy, rows), tf.tensor1d(ofToken));
      return tf.mul<Scalar>(tf.sum(weighted), -1 / answers.length);
    },
  });

  return {
    ...trainee,
    async prepare(step) {
      const answers = await rollout(step, spec.samplesPerPrompt);
      const rewards = answers.map((judged) =>
        penalisedReward(scoreOf(judged), judged.answer.logProbs, judged.referenceLogProbs, spec.beta),
      );
      const advantages = inGroups(advantagesOf, rewards, spec.samplesPerPrompt, answers.map(scoreOf));
      const given = answers.map(({ reward }) => reward);
      watchRewards(step, groupsOf(given, spec.samplesPerPrompt));
      const weighted = answers.map((judged, index) => ({ judged, advantage: advantages[index] ?? 0 }));
      return { parts: cutStep(weighted, spec.accumulate, request.team).map(part), metrics: rolloutFigures(answers) };
    },
  };
}

/** How rewards of a group become advantages, and what each answer's tokens are scaled by. */
function algorithm(
  spec: RlooSpec | GrpoSpec,
): [(rewards: readonly number[], scores: readonly number[]) => number[], (of: JudgedAnswer) => number] {
  if (spec.trainer === "rloo") return [rlooAdvantages, () => 1];
  // GRPO means over each answer's tokens (Shao et al. 2024, eq. 3); Dr. GRPO divides by one length for all.
  if (spec.scaled) return [grpoAdvantages, ({ answer }) => 1 / Math.max(1, answer.tokens.length)];
  return [drGrpoAdvantages, () => 1 / spec.maxNewTokens];
}
