/** The numbers of a training step ran out of bounds. What else can go wrong in a step keeps its own error. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
}
