import type { NamedTensorMap, Scalar, Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import type { StepPart } from "./trainee.ts";

export interface StepGradients {
  /** By the variables' names; the caller disposes of them. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  readonly loss: number;
  /** What the parts observed, averaged by their shares. */
  readonly observed: Readonly<Record<string, number>>;
}

/** Adds up the gradients of a step's parts, each weighted by its share. */
export function stepGradients(
  tf: TensorFlow,
  parts: readonly StepPart[],
  variables: ReadonlyMap<string, Variable>,
): StepGradients {
  let sums = new Map<string, Tensor>();
  let loss = 0;
  const observed: Record<string, number> = {};
  for (const part of parts) {
    const before = sums;
    const kept = new Map<string, Scalar>();
    sums = new Map();
    const value = tf.tidy(() => {
      const computed = tf.variableGrads(
        () =>
          tf.mul<Scalar>(
            part.loss((name, scalar) => kept.set(name, tf.keep(tf.clone(scalar)))),
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
    for (const [name, scalar] of kept) observed[name] = (observed[name] ?? 0) + part.share * take(scalar);
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
