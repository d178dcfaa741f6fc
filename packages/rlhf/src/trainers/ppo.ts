import type { Scalar } from "@tensorflow/tfjs";
import type { PpoSpec } from "@touchstone/contracts";
import { seededRandom, tokenLogProbs } from "@touchstone/engine";
import { answerRows, piecesOf } from "../model/answer-rows.ts";
import { hiddenStates } from "../model/decoder.ts";
import { rowsOf } from "../model/heads.ts";
import { adaptiveKl } from "../objectives/adaptive-kl.ts";
import { clippedValueLoss, ppoBatchLoss } from "../objectives/ppo.ts";
import { rolloutFigures } from "../rollout/judged-rollout.ts";
import { policyLogits } from "../rollout/policy.ts";
import { cutStep, type StepPiece } from "../training/cut-step.ts";
import type { Note } from "../training/note.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { StepPart, Trainee } from "../training/trainee.ts";
import { equalRewardsWatch } from "./equal-rewards.ts";
import { openOnPolicy } from "./on-policy.ts";
import { criticValues, criticValuesOf, criticWeights } from "./ppo-critic.ts";
import { type Experience, experiencesOf } from "./ppo-experience.ts";

/**
 * Proximal policy optimisation with the critic on the policy's own body. A step draws a batch of answers and makes
 * `epochs · minibatches` updates from it; the ratio's clip keeps them near the policy that drew it.
 */
export function openPpoTrainer(spec: PpoSpec, request: TraineeRequest, note: Note): Trainee {
  const { seed, signal, engine, team } = request;
  const { tf } = engine;
  const { policy, rollout, scoreOf, trainee } = openOnPolicy(spec, request, note, ({ config }) =>
    criticWeights(config),
  );
  let { beta } = spec;
  const watchRewards = equalRewardsWatch(note);

  const part = ({ rows: experiences, share }: StepPiece<Experience>): StepPart => {
    const sequences = experiences.map(({ judged }) => judged.sequence);
    return {
      share,
      tokens: sequences.reduce((sum, { ids }) => sum + ids.length, 0),
      loss(observe) {
        const rows = answerRows(sequences);
        const { parameters, config } = policy;
        const hidden = rowsOf(tf, hiddenStates(tf, parameters, config, rows.batch), rows.states); // (N, d)
        const logProbs = tokenLogProbs(tf, policyLogits(policy, hidden), tf.tensor1d(rows.tokens, "int32"));
        const column = (of: (experience: Experience) => readonly number[]) => tf.tensor1d(experiences.flatMap(of));
        const old = column(({ judged }) => judged.answer.logProbs);
        const surrogate = ppoBatchLoss(
          tf,
          logProbs,
          old,
          column(({ advantages }) => advantages),
          spec.clip,
        );
        const critic = clippedValueLoss(
          tf,
          criticValues(tf, parameters, hidden),
          column(({ values }) => values),
          column(({ returns }) => returns),
          spec.valueClip,
        );
        const outside = tf.greater(tf.abs(tf.sub(tf.exp(tf.sub(logProbs, old)), 1)), spec.clip);
        observe("valueLoss", critic);
        observe("clipped", tf.mean<Scalar>(tf.cast(outside, "float32")));
        return tf.add<Scalar>(surrogate, tf.mul(critic, spec.valueWeight));
      },
    };
  };

  /** One pass's updates, in an order of its own. */
  const pass = (experiences: readonly Experience[], name: string): StepPart[][] => {
    const shuffled = seededRandom(`${seed}/passes/${name}`).shuffle(experiences);
    return piecesOf(shuffled, Math.ceil(shuffled.length / spec.minibatches)).map((minibatch) =>
      cutStep(minibatch, spec.accumulate, team, ({ advantages }) => advantages.length).map(part),
    );
  };

  return {
    ...trainee,
    state: {
      read: () => ({ beta }),
      write: (state) => {
        beta = state.beta ?? beta;
      },
    },
    async prepare(step) {
      const answers = await rollout(step, 1);
      const values = await criticValuesOf(
        policy,
        answers.map(({ sequence }) => sequence),
        signal,
      );
      const experiences = experiencesOf(answers, values, { ...spec, beta, scoreOf });
      watchRewards(step, [answers.map(({ reward }) => reward)]);
      const figures = rolloutFigures(answers);
      const price = beta;
      if (spec.adaptive) {
        const { target, horizon } = spec.adaptive;
        beta = adaptiveKl(beta, figures.kl ?? 0, target, answers.length, horizon);
      }
      const passes = Array.from({ length: spec.epochs }, (_, epoch) => pass(experiences, `${step}/${epoch}`)).flat();
      const [parts = [], ...further] = passes;
      return { parts, further, metrics: { ...figures, beta: price } };
    },
  };
}
