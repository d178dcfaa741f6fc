import type { NamedTensorMap, Scalar, Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import type { StepPart } from "./trainee.ts";

export interface StepGradients {
  /** By the variables' names; the caller disposes of them. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  readonly loss: number;
  readonly observed: Observed;
}

/** What parts observed by name: values summed by their weights, and those weights. */
export type Observed = Readonly<Record<string, { readonly sum: number; readonly weight: number }>>;

/** The weighted means; 0 of what nothing weighed. */
export function meansOf(observed: Observed): Record<string, number> {
  return Object.fromEntries(
    Object.entries(observed).map(([name, { sum, weight }]) => [name, weight === 0 ? 0 : sum / weight]),
  );
}

/** What was observed in two places, together. */
export function joined(one: Observed, other: Observed): Observed {
  const sums: Record<string, Observed[string]> = { ...one };
  for (const [name, { sum, weight }] of Object.entries(other)) {
    const before = sums[name] ?? { sum: 0, weight: 0 };
    sums[name] = { sum: before.sum + sum, weight: before.weight + weight };
  }
  return sums;
}

/** Adds up the gradients of a step's parts, each weighted by its share. */
export function stepGradients(
  tf: TensorFlow,
  parts: readonly StepPart[],
  variables: ReadonlyMap<string, Variable>,
): StepGradients {
  let sums = new Map<string, Tensor>();
  let loss = 0;
  let observed: Observed = {};
  for (const part of parts) {
    const before = sums;
    const kept: { name: string; scalar: Scalar; weight: number }[] = [];
    sums = new Map();
    const value = tf.tidy(() => {
      const computed = tf.variableGrads(
        () =>
          tf.mul<Scalar>(
            part.loss((name, scalar, weight = part.share) => {
              kept.push({ name, scalar: tf.keep(tf.clone(scalar)), weight });
            }),
            part.share,
          ),
        [...variables.values()],
      );
      for (const [name, variable] of variables) {
        const gradient = gradientOf(tf, computed.grads, variable);
        const sum = before.get(name);
        sums.set(name, tf.keep(sum ? tf.add(sum, gradient) : tf.clone(gradient)));
      }
      return computed.value;
    });
    tf.dispose([...before.values()]);
    loss += take(value);
    for (const { name, scalar, weight } of kept) {
      observed = joined(observed, { [name]: { sum: weight * take(scalar), weight } });
    }
  }
  return { gradients: sums, loss, observed };
}

/** A variable that the loss does not touch (a head that this step does not read) has gradient 0. */
function gradientOf(tf: TensorFlow, gradients: NamedTensorMap, variable: Variable): Tensor {
  const gradient: Tensor | null | undefined = gradients[variable.name];
  return gradient ?? tf.zerosLike(variable);
}

function take(scalar: Scalar): number {
  const value = scalar.dataSync()[0] ?? Number.NaN;
  scalar.dispose();
  return value;
}
