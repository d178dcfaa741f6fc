export { type AdamW, type AdamWSettings, adamw, type Gradients, globalNorm } from "./adamw.ts";
export { type Engine, type EngineName, openEngine } from "./open-engine.ts";
export { causalAttention } from "./ops/causal-attention.ts";
export { rmsNorm } from "./ops/rms-norm.ts";
export { rotary } from "./ops/rotary.ts";
export { swiglu } from "./ops/swiglu.ts";
export { tokenLogProbs } from "./ops/token-log-probs.ts";
export { restoreRandom, type SeededRandom, type SerialisedRandom, seededRandom } from "./seeded-random.ts";
export type { TensorFlow } from "./tensorflow.ts";
