import type { Tensor } from "@tensorflow/tfjs";
import { type TensorFlow, valuesInPlace } from "@touchstone/engine";
import { ownOf } from "../parallel/in-pieces.ts";
import type { Team } from "../parallel/team.ts";
import { joined, type StepGradients, stepGradients } from "./gradients.ts";
import type { Learned } from "./learned.ts";
import type { StepPart } from "./trainee.ts";

/** Gradients, of what the optimiser moves, of a step whose parts a team shares out: every thread gets the sum of all. */
export type TeamGradients = (parts: readonly StepPart[]) => Promise<StepGradients>;

const nothing: StepGradients = { gradients: new Map(), loss: 0, observed: {} };

/** Data parallelism: the sum over parts that one thread would take is taken over threads, in the order of their ranks. */
export function openTeamGradients(
  tf: TensorFlow,
  team: Team,
  learned: Pick<Learned, "differentiated" | "moved" | "gradients">,
): TeamGradients {
  const gradientsOf = (parts: readonly StepPart[]): StepGradients => {
    const ofModel = stepGradients(tf, parts, learned.differentiated);
    // Adapters' gradients are linear in the matrices', so they may be added up in place of them, and are far fewer.
    return { ...ofModel, gradients: learned.gradients(ofModel.gradients) };
  };
  if (team.size === 1) return async (parts) => gradientsOf(parts);
  return async (parts) => {
    const ownParts = ownOf(team, parts);
    const own = ownParts.length > 0 ? gradientsOf(ownParts) : nothing;
    // In one order for all threads; one that has no part of this step adds nothing.
    const terms = [...learned.moved].map(([name, { shape }]): [string, Tensor] => [
      name,
      own.gradients.get(name) ?? tf.zeros(shape, "float32"),
    ]);
    const gradients = await summed(tf, team, terms);
    return { gradients, ...(await togetherOf(team, own)) };
  };
}

/** Adds up gradients over threads, where they lie if the engine lets us: a copy of them all costs as much as the addition. */
async function summed(
  tf: TensorFlow,
  team: Team,
  terms: readonly [string, Tensor][],
): Promise<ReadonlyMap<string, Tensor>> {
  const gradients = terms.map(([name, gradient]) => ({ name, gradient, place: valuesInPlace(tf, gradient) }));
  const values = gradients.map(({ gradient, place }) => place ?? gradient.dataSync<"float32">().slice());
  await team.sum(values);
  return new Map(
    gradients.map(({ name, gradient, place }, index): [string, Tensor] => {
      if (place) {
        // A heap that grows moves, and leaves views of length 0 behind.
        if (place.length !== gradient.size) throw new Error("tensors were made while gradients were summed");
        return [name, gradient];
      }
      gradient.dispose();
      return [name, tf.tensor(values[index] ?? [], gradient.shape, "float32")];
    }),
  );
}

/** Loss and observations of all threads, in the order of their ranks. */
async function togetherOf(team: Team, { loss, observed }: StepGradients): Promise<Omit<StepGradients, "gradients">> {
  const all = await team.gather({ loss, observed });
  return all.reduce((one, other) => ({ loss: one.loss + other.loss, observed: joined(one.observed, other.observed) }));
}
