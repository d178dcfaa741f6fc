import type { Tensor, Variable } from "@tensorflow/tfjs";
import { DivergenceError } from "./divergence-error.ts";
import type { Heap } from "./kernels/heap.ts";
import { currentHeap } from "./kernels/install.ts";
import type { TensorFlow } from "./tensorflow.ts";

export interface AdamWSettings {
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  /** Decoupled: weights shrink by learningRate · weightDecay a step, whatever their gradient. */
  readonly weightDecay?: number;
}

/** Gradients by the variables' names. A variable without one is left as it is. */
export type Gradients = Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>;

export interface AdamW {
  /** Steps taken so far, restored ones included. */
  readonly steps: number;
  /**
   * One update of every variable that has a gradient.
   *
   * @param clipNorm gradients whose common Euclidean norm is greater are scaled down to it (Pascanu et al. 2013)
   * @returns the norm before clipping
   * @throws DivergenceError if that norm is not finite; nothing has been changed then
   */
  step(gradients: Gradients, learningRate: number, clipNorm?: number): number;
  /** First and second moments and the number of steps, copied: `NAME/first`, `NAME/second`, `steps`. */
  state(): Record<string, Float32Array>;
  /** Takes a `state()` back. @throws RangeError if it was made for other variables */
  restore(state: Readonly<Record<string, Float32Array>>): void;
  dispose(): void;
}

interface Slot {
  readonly variable: Variable;
  readonly first: Variable;
  readonly second: Variable;
}

/**
 * AdamW (Loshchilov and Hutter 2019) as PyTorch writes it. ε stands outside the root and after the bias correction:
 *
 *     w ← w·(1 − rate·decay) − rate/(1 − β₁ᵗ) · m / (√v / √(1 − β₂ᵗ) + ε)
 *
 * On the WebAssembly engine one kernel changes weights and moments in place; elsewhere stock ops do.
 *
 * @param variables by a stable name, under which their moments are saved; they stay the caller's
 */
export function adamw(tf: TensorFlow, variables: ReadonlyMap<string, Variable>, settings: AdamWSettings = {}): AdamW {
  const { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0.01 } = settings;
  const slots = new Map<string, Slot>();
  for (const [name, variable] of variables) {
    slots.set(name, { variable, first: zeros(tf, variable), second: zeros(tf, variable) });
  }
  let steps = 0;

  return {
    get steps() {
      return steps;
    },
    step(gradients, learningRate, clipNorm) {
      const updates = pair(slots, gradients);
      const norm = globalNorm(
        tf,
        updates.map(({ gradient }) => gradient),
      );
      if (!Number.isFinite(norm)) throw new DivergenceError(`the gradient's norm is ${norm}`);
      steps += 1;
      const factors: Factors = {
        scale: clipNorm !== undefined && norm > clipNorm ? clipNorm / norm : 1,
        keep: 1 - learningRate * weightDecay,
        rate: learningRate / (1 - beta1 ** steps),
        correction: 1 / Math.sqrt(1 - beta2 ** steps),
        beta1,
        beta2,
        epsilon,
      };
      for (const { slot, gradient } of updates) update(tf, slot, gradient, factors);
      return norm;
    },
    state() {
      const saved: Record<string, Float32Array> = { steps: Float32Array.of(steps) };
      for (const [name, { first, second }] of slots) {
        saved[`${name}/first`] = first.dataSync<"float32">().slice();
        saved[`${name}/second`] = second.dataSync<"float32">().slice();
      }
      return saved;
    },
    restore(state) {
      const count = state.steps?.[0];
      if (count === undefined || Object.keys(state).length !== 1 + 2 * slots.size) {
        throw new RangeError("the optimiser's state does not belong to these variables");
      }
      for (const [name, { first, second }] of slots) {
        assign(tf, first, state[`${name}/first`], name);
        assign(tf, second, state[`${name}/second`], name);
      }
      steps = count;
    },
    dispose() {
      for (const { first, second } of slots.values()) tf.dispose([first, second]);
    },
  };
}

/** Euclidean norm of all gradients together, summed in double precision and in the given order. */
export function globalNorm(tf: TensorFlow, gradients: readonly Tensor[]): number {
  const heap = currentHeap(tf);
  let squares = 0;
  for (const gradient of gradients) {
    if (heap !== undefined) {
      squares += heap.call("sum_of_squares", heap.address(gradient), gradient.size);
    } else {
      squares += tf.tidy(() => gradient.square().sum().dataSync()[0] ?? 0);
    }
  }
  return Math.sqrt(squares);
}

interface Factors {
  readonly scale: number;
  readonly keep: number;
  readonly rate: number;
  readonly correction: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

function update(tf: TensorFlow, { variable, first, second }: Slot, gradient: Tensor, factors: Factors): void {
  const { scale, keep, rate, correction, beta1, beta2, epsilon } = factors;
  const heap = currentHeap(tf);
  if (heap !== undefined) {
    for (const changed of [variable, first, second]) own(tf, heap, changed);
    const given = [variable, gradient, first, second].map(heap.address);
    heap.call(
      "adamw",
      ...given,
      variable.size,
      scale,
      keep,
      rate,
      correction,
      beta1,
      1 - beta1,
      beta2,
      1 - beta2,
      epsilon,
    );
    return;
  }
  tf.tidy(() => {
    const scaled = gradient.mul(scale);
    first.assign(first.mul(beta1).add(scaled.mul(1 - beta1)));
    second.assign(second.mul(beta2).add(scaled.square().mul(1 - beta2)));
    const change = first.mul(rate).div(second.sqrt().mul(correction).add(epsilon));
    variable.assign(variable.mul(keep).sub(change));
  });
}

/** A clone, such as a reference policy's, shares its values until one of both changes: copy them before they do. */
function own(tf: TensorFlow, heap: Heap, variable: Variable): void {
  if (heap.backend.refCount(variable.dataId) === 1) return;
  const copy = tf.tensor(variable.dataSync(), variable.shape);
  variable.assign(copy);
  copy.dispose();
}

function pair(slots: ReadonlyMap<string, Slot>, gradients: Gradients): { slot: Slot; gradient: Tensor }[] {
  const entries = gradients instanceof Map ? [...gradients.entries()] : Object.entries(gradients);
  return entries.map(([name, gradient]) => {
    const slot = slots.get(name);
    if (slot === undefined) throw new RangeError(`there is no variable ${name} to update`);
    if (slot.variable.shape.join() !== gradient.shape.join()) {
      throw new RangeError(`${name} has shape [${slot.variable.shape}], its gradient [${gradient.shape}]`);
    }
    return { slot, gradient };
  });
}

function zeros(tf: TensorFlow, like: Tensor): Variable {
  return tf.tidy(() => tf.variable(tf.zeros(like.shape), false));
}

function assign(tf: TensorFlow, variable: Variable, values: Float32Array | undefined, name: string): void {
  if (values?.length !== variable.size) throw new RangeError(`the optimiser's state of ${name} has another size`);
  const value = tf.tensor(values, variable.shape);
  variable.assign(value);
  value.dispose();
}
