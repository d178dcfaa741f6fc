import { TrainingSpec } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { openParameters } from "../model/parameters.ts";
import { alone } from "../parallel/team.ts";
import { engine } from "../trainers/tiny-world.fixture.ts";
import { trainingLoop } from "./loop.ts";
import type { StepPart, Trainee } from "./trainee.ts";

const { tf } = engine;
const spec = TrainingSpec.parse({ trainer: "pretrain", steps: 2, learningRate: 0.1 });

/** A run of one weight, whose loss is the given function of it and of the step. */
function run(lossAt: (step: number) => StepPart["loss"]) {
  const parameters = openParameters(tf, new Map([["w", { shape: [1], values: Float32Array.of(1) }]]));
  const trainee: Trainee = {
    totalSteps: 2,
    parameters,
    trains: () => true,
    prepare: (step) => ({ parts: [{ share: 1, tokens: 1, loss: lossAt(step) }] }),
    evaluate: () => ({}),
    finish: () => ({ files: new Map(), metrics: {} }),
    dispose: () => parameters.dispose(),
  };
  const request = { spec, data: {}, models: {}, engine, seed: 1, team: alone };
  const weight = () => tf.sum(parameters.vector("w")).asScalar();
  return { weight, ended: trainingLoop(trainee, request, () => undefined).finally(trainee.dispose) };
}

test("only numbers that run out of bounds are divergence; at the first step no learning rate is blamed for them", async () => {
  const first = run(() => () => first.weight().mul(Number.NaN).asScalar());
  await expect(first.ended).rejects.toMatchObject({ code: "diverged", message: /step 1.*before anything was learned/ });
  const later = run(
    (step) => () =>
      later
        .weight()
        .mul(step === 1 ? 1 : Number.POSITIVE_INFINITY)
        .asScalar(),
  );
  await expect(later.ended).rejects.toMatchObject({ code: "diverged", message: /step 2.*lower learning rate/ });
});

test("any other error of a step keeps its own words, a RangeError too", async () => {
  const broken = run(() => () => {
    throw new RangeError("the model has no tensor of this name");
  });
  await expect(broken.ended).rejects.toThrow(new RangeError("the model has no tensor of this name"));
});
