/**
 * The back end is chosen once per process by `@touchstone/engine` and handed in, so that an objective
 * runs unchanged on tfjs-node, wasm and cpu. Only the type is imported here.
 */
export type TensorFlow = typeof import("@tensorflow/tfjs");
