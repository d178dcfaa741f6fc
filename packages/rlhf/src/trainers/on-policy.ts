import type { GrpoSpec, PpoSpec, RlooSpec } from "@touchstone/contracts";
import { type Model, packModel } from "../model/model-files.ts";
import { asLanguageModel, neededPolicy, referenceFor } from "../model/needed-models.ts";
import type { Weights } from "../model/weights.ts";
import { scorerFor } from "../reward/scorer-for.ts";
import { type JudgedAnswer, judgedRollout, rolloutFigures } from "../rollout/judged-rollout.ts";
import { openPolicy } from "../rollout/open-policy.ts";
import type { Policy } from "../rollout/policy.ts";
import { withEndPenalty } from "../rollout/scored-answers.ts";
import { exampleOrder } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import type { TraineeRequest } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { tooFew } from "../training-error.ts";
import { policyPrompts } from "./policy-prompts.ts";
import { prefixed } from "./prefixed.ts";

/** What all trainers share that learn from the policy's own fresh answers, scored by a reward model. */
export interface OnPolicy {
  readonly policy: Policy;
  /** The answers of a step: `samples` to each of its prompts, those to one prompt side by side. */
  rollout(step: number, samples: number): Promise<JudgedAnswer[]>;
  /** The reward model's score, less what an answer without an end costs. */
  scoreOf(answer: JudgedAnswer): number;
  /** The parts of a trainee that do not depend on the algorithm. */
  readonly trainee: Pick<Trainee, "totalSteps" | "parameters" | "trains" | "evaluate" | "finish" | "dispose">;
}

/** @param more tensors that are trained with the policy and not published with it, such as a critic */
export function openOnPolicy(
  spec: RlooSpec | GrpoSpec | PpoSpec,
  request: TraineeRequest,
  note: Note,
  more: (start: Model) => Weights = () => new Map(),
): OnPolicy {
  const { models, engine, seed, data, signal, team } = request;
  const { tf } = engine;
  const start = asLanguageModel(neededPolicy(models.policy, "policyToImprove"));
  const referenceModel = referenceFor(start, models.reference);
  const { config, tokenizer } = start;
  const scorer = scorerFor(request);
  const prompts = policyPrompts(data.prompts ?? [], tokenizer, config.context, spec.evaluationPrompts, note);
  if (prompts.train.length === 0) {
    scorer.dispose();
    throw tooFew("prompts", 0, 1);
  }
  const policy = openPolicy(tf, { ...start, weights: new Map([...start.weights, ...more(start)]) }, team);
  const reference = openPolicy(tf, referenceModel, team);
  const order = exampleOrder(prompts.train.length, spec.batchSize, seed);
  const drawing = { policy, reference, scorer, tokenizer, maxNewTokens: spec.maxNewTokens, signal };
  const onEvaluation = { ...drawing, seed: `${seed}/evaluation` };
  const evaluate = async (at: "watched" | "final") =>
    prefixed("heldout", rolloutFigures(await judgedRollout({ ...onEvaluation, prompts: prompts[at] })));

  return {
    policy,
    rollout(step, samples) {
      const chosen = order.at(step).flatMap((index) => prompts.train[index] ?? []);
      const repeated = chosen.flatMap((prompt) => Array.from({ length: samples }, () => prompt));
      return judgedRollout({ ...drawing, prompts: repeated, seed: `${seed}/rollout/${step}` });
    },
    scoreOf: (answer) => withEndPenalty(answer, spec.missingEosPenalty),
    trainee: {
      totalSteps: spec.steps,
      parameters: policy.parameters,
      trains: () => true,
      evaluate: () => evaluate("watched"),
      async finish() {
        const before = await judgedRollout({ ...onEvaluation, policy: reference, prompts: prompts.final });
        const published = [...policy.parameters.read()].filter(([name]) => start.weights.has(name));
        return {
          files: packModel({ ...start, weights: new Map(published) }),
          metrics: {
            prompts: prompts.train.length,
            ...(await evaluate("final")),
            ...prefixed("reference", rolloutFigures(before)),
          },
        };
      },
      dispose() {
        policy.parameters.dispose();
        reference.parameters.dispose();
        scorer.dispose();
      },
    },
  };
}
