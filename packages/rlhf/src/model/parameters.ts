import type { Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { TensorFlow } from "@touchstone/engine";
import type { Weight, Weights } from "./weights.ts";

/** A model's weights inside the engine, as variables that training changes in place. */
export interface Parameters {
  readonly variables: ReadonlyMap<string, Variable>;
  /** The tensor of this name and rank. @throws RangeError if there is none: a model of the wrong kind was opened */
  vector(name: string): Tensor1D;
  matrix(name: string): Tensor2D;
  /** A copy of the present values, in the same order. */
  read(): Weights;
  dispose(): void;
}

/** Copies weights into the engine. */
export function openParameters(tf: TensorFlow, weights: Weights): Parameters {
  const variables = new Map(
    [...weights].map(([name, { shape, values }]) => {
      const initial = tf.tensor(values, [...shape], "float32");
      const variable = tf.variable(initial);
      initial.dispose();
      return [name, variable] as const;
    }),
  );
  return {
    variables,
    vector: (name) => ofRank(variables, name, isVector),
    matrix: (name) => ofRank(variables, name, isMatrix),
    read: () =>
      new Map(
        [...variables].map(([name, variable]): [string, Weight] => [
          name,
          { shape: variable.shape, values: Float32Array.from(variable.dataSync()) },
        ]),
      ),
    dispose: () => {
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

const isVector = (tensor: Tensor): tensor is Tensor1D => tensor.rank === 1;
const isMatrix = (tensor: Tensor): tensor is Tensor2D => tensor.rank === 2;

function ofRank<T extends Tensor>(
  variables: ReadonlyMap<string, Variable>,
  name: string,
  fits: (tensor: Tensor) => tensor is T,
): T {
  const variable: Tensor | undefined = variables.get(name);
  if (!variable || !fits(variable)) throw new RangeError(`the model has no tensor ${name} of this rank`);
  return variable;
}
