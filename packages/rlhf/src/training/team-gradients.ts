import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
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
  const shapes = [...learned.moved].map(([name, { shape, size }]) => ({ name, shape, size }));
  // All gradients in a row, once for the whole run.
  const flat = new Float32Array(shapes.reduce((sum, { size }) => sum + size, 0));

  return async (parts) => {
    const ownParts = ownOf(team, parts);
    const own = ownParts.length > 0 ? gradientsOf(ownParts) : nothing;
    let at = 0;
    for (const { name, size } of shapes) {
      const gradient = own.gradients.get(name);
      // A thread that had no part of this step adds nothing.
      flat.subarray(at, at + size).set(gradient ? gradient.dataSync<"float32">() : new Float32Array(size));
      at += size;
    }
    tf.dispose([...own.gradients.values()]);
    await team.sum(flat);
    const gradients = new Map<string, Tensor>();
    at = 0;
    for (const { name, shape, size } of shapes) {
      gradients.set(name, tf.tensor(flat.slice(at, at + size), shape, "float32"));
      at += size;
    }
    return { gradients, ...(await togetherOf(team, own)) };
  };
}

/** Loss and observations of all threads, in the order of their ranks. */
async function togetherOf(team: Team, { loss, observed }: StepGradients): Promise<Omit<StepGradients, "gradients">> {
  const all = await team.gather({ loss, observed });
  return all.reduce((one, other) => ({ loss: one.loss + other.loss, observed: joined(one.observed, other.observed) }));
}
