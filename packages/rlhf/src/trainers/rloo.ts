import type { Scalar } from "@tensorflow/tfjs";
import type { RlooSpec } from "@touchstone/contracts";
import { answerRows, piecesOf } from "../model/answer-rows.ts";
import { packModel } from "../model/model-files.ts";
import { asLanguageModel, neededPolicy, neededReward, sameTokenizer } from "../model/needed-models.ts";
import { groupedRlooAdvantages, penalisedReward } from "../objectives/advantages.ts";
import { openRewardScorer } from "../reward/reward-scorer.ts";
import { answerLogProbs } from "../rollout/answer-log-probs.ts";
import { type JudgedAnswer, judgedRollout, rolloutFigures } from "../rollout/judged-rollout.ts";
import { openPolicy } from "../rollout/open-policy.ts";
import { exampleOrder } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import type { TrainerRequest } from "../training/request.ts";
import type { StepPart, Trainee } from "../training/trainee.ts";
import { tooFew } from "../training-error.ts";
import { policyPrompts } from "./policy-prompts.ts";
import { prefixed } from "./prefixed.ts";

interface Weighted {
  readonly judged: JudgedAnswer;
  readonly advantage: number;
}

/** REINFORCE with leave-one-out baselines: one update on each fresh batch, so no ratio and nothing to clip. */
export function openRlooTrainer(spec: RlooSpec, request: TrainerRequest, note: Note): Trainee {
  const { models, engine, seed, data, signal } = request;
  const { tf } = engine;
  const start = asLanguageModel(neededPolicy(models.policy, "a policy to improve"));
  const referenceModel = models.reference ? neededPolicy(models.reference, "the reference of the KL") : start;
  sameTokenizer(start, referenceModel);
  const rewardModel = neededReward(models.reward);
  const { config, tokenizer } = start;
  const prompts = policyPrompts(data.prompts ?? [], tokenizer, config.context, spec.evaluationPrompts, note);
  if (prompts.train.length === 0) {
    throw tooFew("prompts", 0, 1);
  }
  const scorer = openRewardScorer(tf, rewardModel);
  const policy = openPolicy(tf, start);
  const reference = openPolicy(tf, referenceModel);
  const order = exampleOrder(prompts.train.length, spec.batchSize, seed);
  const rollout = { policy, reference, scorer, tokenizer, maxNewTokens: spec.maxNewTokens, signal };
  let silentGroups = false;

  /** −mean over answers of A · Σ log π: its gradient is the policy gradient (Ahmadian et al. 2024, eq. 8). */
  const part = (answers: readonly Weighted[], total: number): StepPart => ({
    share: answers.length / total,
    tokens: answers.reduce((sum, { judged }) => sum + judged.sequence.ids.length, 0),
    loss() {
      const rows = answerRows(answers.map(({ judged }) => judged.sequence));
      const advantages = Float32Array.from(rows.sequence, (index) => answers[index]?.advantage ?? 0);
      const weighted = tf.mul(answerLogProbs(policy, rows), tf.tensor1d(advantages));
      return tf.mul<Scalar>(tf.sum(weighted), -1 / answers.length);
    },
  });

  const evaluate = async () =>
    prefixed(
      "heldout",
      rolloutFigures(await judgedRollout({ ...rollout, prompts: prompts.evaluation, seed: `${seed}/evaluation` })),
    );

  return {
    totalSteps: spec.steps,
    parameters: policy.parameters,
    trains: () => true,
    async prepare(step) {
      const chosen = order.at(step).flatMap((index) => prompts.train[index] ?? []);
      const repeated = chosen.flatMap((prompt) => Array.from({ length: spec.samplesPerPrompt }, () => prompt));
      const answers = await judgedRollout({ ...rollout, prompts: repeated, seed: `${seed}/rollout/${step}` });
      const rewards = answers.map(({ answer, reward, referenceLogProbs, ended }) =>
        penalisedReward(reward - (ended ? 0 : spec.missingEosPenalty), answer.logProbs, referenceLogProbs, spec.beta),
      );
      const advantages = groupedRlooAdvantages(rewards, spec.samplesPerPrompt);
      if (!silentGroups && advantages.every((advantage) => advantage === 0)) {
        silentGroups = true;
        note(
          `At step ${step} all answers to each prompt got the same reward, so there was nothing to learn (loss 0).`,
          {
            code: "equal_rewards",
            level: "warning",
            values: {},
          },
        );
      }
      const weighted = answers.map((judged, index) => ({ judged, advantage: advantages[index] ?? 0 }));
      const pieces = piecesOf(weighted, Math.ceil(weighted.length / spec.accumulate));
      return { parts: pieces.map((piece) => part(piece, weighted.length)), metrics: rolloutFigures(answers) };
    },
    evaluate,
    async finish() {
      const before = await judgedRollout({
        ...rollout,
        policy: reference,
        prompts: prompts.evaluation,
        seed: `${seed}/evaluation`,
      });
      return {
        files: packModel({ ...start, weights: policy.parameters.read() }),
        metrics: {
          prompts: prompts.train.length,
          ...(await evaluate()),
          ...prefixed("reference", rolloutFigures(before)),
        },
      };
    },
    dispose() {
      policy.parameters.dispose();
      reference.parameters.dispose();
      scorer.dispose();
    },
  };
}
