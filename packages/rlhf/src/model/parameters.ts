import type { Tensor, Tensor1D, Tensor2D, Variable } from "@tensorflow/tfjs";
import type { SafeTensor, TensorFlow } from "@touchstone/engine";
import type { Weights } from "./weights.ts";

/** A model's weights inside the engine, as variables that training changes in place. */
export interface Parameters {
  readonly variables: ReadonlyMap<string, Variable>;
  /** The tensor of this name and rank. @throws RangeError if there is none: a model of the wrong kind was opened */
  vector(name: string): Tensor1D;
  matrix(name: string): Tensor2D;
  variable(name: string): Variable;
  /** Puts values back, such as a checkpoint's. @throws RangeError unless names and shapes are the same */
  write(weights: Weights): void;
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
    variable: (name) => {
      const variable = variables.get(name);
      if (!variable) throw new RangeError(`the model has no tensor ${name}`);
      return variable;
    },
    write: (saved) => writeVariables(tf, variables, saved),
    read: () => readVariables(variables),
    dispose: () => {
      for (const variable of variables.values()) variable.dispose();
    },
  };
}

/** A copy of the present values, in the same order. */
export function readVariables(variables: ReadonlyMap<string, Variable>): Weights {
  return new Map(
    [...variables].map(([name, variable]): [string, SafeTensor] => [
      name,
      { shape: variable.shape, values: Float32Array.from(variable.dataSync()) },
    ]),
  );
}

/** @throws RangeError unless names and shapes are the same */
export function writeVariables(tf: TensorFlow, variables: ReadonlyMap<string, Variable>, saved: Weights): void {
  if (saved.size !== variables.size) throw new RangeError(`${saved.size} tensors for ${variables.size} places`);
  for (const [name, variable] of variables) assign(tf, variable, name, saved.get(name));
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

function assign(tf: TensorFlow, variable: Variable, name: string, weight: SafeTensor | undefined): void {
  if (weight?.shape.join() !== variable.shape.join()) throw new RangeError(`the saved ${name} has another shape`);
  const value = tf.tensor(weight.values, [...weight.shape], "float32");
  variable.assign(value);
  value.dispose();
}
