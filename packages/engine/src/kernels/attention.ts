import type { TensorInfo } from "@tensorflow/tfjs";
import { numberOf, type WasmKernel } from "./kernel.ts";

/** Query rows that kernels/attention.c handles at once, at most (STRIP there). */
const strip = 16;

/** → [out, (maximum, 1/sum) of every row], for `causalAttention`. */
export const attentionKernel: WasmKernel = {
  name: "TouchstoneAttention",
  run(heap, inputs, attributes) {
    const q = inputs("q");
    const k = inputs("k");
    const { sizes, batch, queries, keys, heads, size } = sizesOf(q, k);
    const out = heap.output(q.shape, "float32");
    const stats = heap.output([batch, heads, queries, 2], "float32");
    const scratch = heap.scratch(strip * (size + keys));
    const given = [q, k, inputs("v")].map(heap.address);
    heap.call("attention", ...given, out.address, stats.address, ...sizes, numberOf(attributes, "scale"), scratch);
    return [out.info, stats.info];
  },
};

/** → [dq, dk, dv] */
export const attentionGradientKernel: WasmKernel = {
  name: "TouchstoneAttentionGradient",
  run(heap, inputs, attributes) {
    const q = inputs("q");
    const k = inputs("k");
    const { sizes, keys, size } = sizesOf(q, k);
    const outs = [q.shape, k.shape, k.shape].map((shape) => heap.output(shape, "float32"));
    const scratch = heap.scratch(strip * (2 * size + 2 * keys + 3));
    const given = [inputs("dy"), q, k, inputs("v"), inputs("out"), inputs("stats")].map(heap.address);
    const results = outs.map(({ address }) => address);
    heap.call("attention_gradient", ...given, ...results, ...sizes, numberOf(attributes, "scale"), scratch);
    return outs.map(({ info }) => info);
  },
};

function sizesOf(q: TensorInfo, k: TensorInfo) {
  const [batch = 0, queries = 0, heads = 0, size = 0] = q.shape;
  const [, keys = 0, groups = 0] = k.shape;
  return { batch, queries, keys, heads, size, sizes: [batch, queries, keys, heads, groups, size] };
}
