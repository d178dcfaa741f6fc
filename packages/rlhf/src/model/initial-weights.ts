import type { ModelConfig } from "@touchstone/contracts";
import { type SafeTensor, seededRandom } from "@touchstone/engine";
import { type HeadShape, type Initial, onlineQ, plainName, targetQ, weightShapes } from "./weight-shapes.ts";
import { sizeOf, type Weights } from "./weights.ts";

/**
 * Weights of a model before training. Each tensor draws from its own stream, named by the tensor, so adding a head never
 * changes the body.
 *
 * @param body a model to take the decoder from; tensors of the same name are copied
 */
export function initialWeights(config: ModelConfig, head: HeadShape, seed: number, body?: Weights): Weights {
  const random = seededRandom(`${seed}/initial-weights`);
  const weights = new Map<string, SafeTensor>();
  for (const { name, shape, initial } of weightShapes(config, head)) {
    const kept = body?.get(plainName(name))?.values.slice();
    weights.set(name, { shape, values: kept ?? drawn(initial, config, sizeOf(shape), random.fork(name)) });
  }
  // The target heads start as the online ones: they are averages of them.
  for (const [index, target] of targetQ.entries()) {
    for (const part of ["up.weight", "up.bias", "out.weight", "out.bias"]) {
      const online = weights.get(`${onlineQ[index]}.${part}`);
      if (online && !body?.has(`${target}.${part}`)) {
        weights.set(`${target}.${part}`, { ...online, values: online.values.slice() });
      }
    }
  }
  return weights;
}

function drawn(initial: Initial, config: ModelConfig, size: number, random: ReturnType<typeof seededRandom>) {
  // 0.5/√width is GPT-2's 0.02 at width 625 and wider where the model is narrower. Layers that write into the residual
  // stream are divided by √(2·layers), so its variance does not grow with depth (Radford et al. 2019, §2.3).
  const deviation = 0.5 / Math.sqrt(config.width);
  switch (initial) {
    case "ones":
      return new Float32Array(size).fill(1);
    case "zeros":
      return new Float32Array(size);
    case "score": // Stiennon et al. 2020, appendix B.1
      return random.normals(size, 1 / Math.sqrt(config.width + 1));
    case "residual":
      return random.normals(size, deviation / Math.sqrt(2 * config.layers));
    case "normal":
      return random.normals(size, deviation);
  }
}
