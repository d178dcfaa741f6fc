import type { Parameters } from "./parameters.ts";
import { memberPrefix } from "./weight-shapes.ts";

/** A member of an ensemble sees its own tensors where it has some, and those that all share elsewhere. */
export function memberParameters(parameters: Parameters, member: number): Parameters {
  if (member === 0) return parameters;
  const own = (name: string) => {
    const prefixed = memberPrefix(member) + name;
    return parameters.variables.has(prefixed) ? prefixed : name;
  };
  return {
    ...parameters,
    vector: (name) => parameters.vector(own(name)),
    matrix: (name) => parameters.matrix(own(name)),
    variable: (name) => parameters.variable(own(name)),
  };
}
