export { type Engine, type EngineName, openEngine } from "./open-engine.ts";
export { restoreRandom, type SeededRandom, type SerialisedRandom, seededRandom } from "./seeded-random.ts";
export type { TensorFlow } from "./tensorflow.ts";
