import type { Rank, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { Lora } from "@touchstone/contracts";
import { seededRandom, type TensorFlow } from "@touchstone/engine";
import { reasoned } from "../training-error.ts";
import type { Parameters } from "./parameters.ts";
import { linearLayer } from "./weight-shapes.ts";

/** Low-rank adapters on some matrices of an open model. */
export interface Adapters {
  /** A and B of each adapted matrix, under PEFT's names: what the optimiser moves in the matrix's place. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** Whether this matrix of the model is adapted. */
  adapts(name: string): boolean;
  /** The gradients of A and B in place of the adapted matrices' (which are disposed of); all others are passed on. */
  gradients(ofModel: ReadonlyMap<string, Tensor>): Map<string, Tensor>;
  /** Puts W + (α/r)·B·A into the model; called whenever A and B have changed. */
  merge(): void;
  dispose(): void;
}

interface Adapter {
  /** What the model reads: the merged matrix, (out, in). */
  readonly merged: Variable;
  /** W as it was, (out, in). */
  readonly base: Tensor2D;
  /** (r, in) */
  readonly a: Variable<Rank.R2>;
  /** (out, r) */
  readonly b: Variable<Rank.R2>;
}

/**
 * Low-rank adaptation (Hu et al. 2021, §4.1): an adapted matrix is W + (α/r)·B·A with W fixed, A drawn from a normal
 * distribution and B zero, so that training starts from the very model it was given.
 *
 * The model itself always holds the merged matrix M. Whatever reads it (rollouts, scoring, the forward pass) is as fast as
 * without adapters and knows nothing of them, and the chain rule turns the gradient of M into those of A and B:
 *
 *     ∂L/∂B = (α/r) · ∂L/∂M · Aᵀ        ∂L/∂A = (α/r) · Bᵀ · ∂L/∂M
 *
 * @throws TrainingError `wrong_settings` if the model has no layer of a target's name
 */
export function openAdapters(tf: TensorFlow, parameters: Parameters, lora: Lora, seed: number): Adapters {
  const scale = lora.alpha / lora.rank;
  const adapters = new Map<string, Adapter>();
  const variables = new Map<string, Variable>();
  for (const name of adaptedMatrices(parameters, lora.targets)) {
    const adapter = openAdapter(tf, parameters, name, lora.rank, seed);
    adapters.set(name, adapter);
    variables.set(adapterName(name, "A"), adapter.a).set(adapterName(name, "B"), adapter.b);
  }

  return {
    variables,
    adapts: (name) => adapters.has(name),
    gradients(ofModel) {
      const found = new Map<string, Tensor>();
      for (const [name, gradient] of ofModel) {
        const adapter = adapters.get(name);
        if (!adapter) {
          found.set(name, gradient);
          continue;
        }
        const [ofA, ofB] = tf.tidy(() => chainRule(tf, adapter, tf.reshape(gradient, adapter.base.shape), scale));
        found.set(adapterName(name, "A"), ofA).set(adapterName(name, "B"), ofB);
        gradient.dispose();
      }
      return found;
    },
    merge() {
      for (const { merged, base, a, b } of adapters.values()) {
        tf.tidy(() => merged.assign(tf.add(base, tf.matMul(tf.mul<Tensor2D>(b, scale), a))));
      }
    },
    dispose() {
      for (const { base, a, b } of adapters.values()) tf.dispose([base, a, b]);
    },
  };
}

/** "model.layers.0.mlp.up_proj.weight" → "model.layers.0.mlp.up_proj.lora_A.weight" */
export function adapterName(matrix: string, part: "A" | "B"): string {
  return matrix.replace(/\.weight$/, `.lora_${part}.weight`);
}

function openAdapter(tf: TensorFlow, parameters: Parameters, name: string, rank: number, seed: number): Adapter {
  const merged = parameters.variable(name);
  const [outputs, inputs] = parameters.matrix(name).shape;
  // Each row of A then has unit length about, so that A·x is as large as x's entries are, whatever the width.
  const drawn = seededRandom(`${seed}/lora/${name}`).normals(rank * inputs, 1 / Math.sqrt(inputs));
  return tf.tidy(() => ({
    merged,
    base: tf.keep(tf.clone(parameters.matrix(name))), // shares its values until `merge` gives the model others
    a: tf.variable(tf.tensor2d(drawn, [rank, inputs])),
    b: tf.variable(tf.zeros<Rank.R2>([outputs, rank])),
  }));
}

function chainRule(tf: TensorFlow, { a, b }: Adapter, gradient: Tensor2D, scale: number): [Tensor2D, Tensor2D] {
  const scaled = tf.mul<Tensor2D>(gradient, scale);
  return [tf.matMul(b, scaled, true, false), tf.matMul(scaled, a, false, true)];
}

function adaptedMatrices({ variables }: Parameters, targets: readonly string[] | undefined): string[] {
  const layers = [...variables.keys()].flatMap((name) => {
    const layer = linearLayer(name);
    return layer === undefined ? [] : [{ name, layer }];
  });
  const known = [...new Set(layers.map(({ layer }) => layer))];
  const unknown = targets?.find((target) => !known.includes(target));
  if (unknown !== undefined) {
    throw reasoned("loraTargetUnknown", { target: unknown, known: known.join(", ") });
  }
  return layers.filter(({ layer }) => targets?.includes(layer) ?? true).map(({ name }) => name);
}
