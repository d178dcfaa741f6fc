import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { TensorFlow } from "../tensorflow.ts";
import { attentionGradientKernel, attentionKernel } from "./attention.ts";
import {
  geluGradientKernel,
  geluKernel,
  rotaryGradientKernel,
  rotaryKernel,
  swigluGradientKernel,
  swigluKernel,
} from "./elementwise.ts";
import { gather, segmentSum } from "./gather.ts";
import { type Heap, openHeap } from "./heap.ts";
import { installKernels } from "./kernel.ts";
import { batchMatMul } from "./matmul.ts";
import {
  layerNormGradientKernel,
  layerNormKernel,
  rmsNormGradientKernel,
  rmsNormKernel,
  tokenLogProbsGradientKernel,
  tokenLogProbsKernel,
} from "./normalise.ts";
import { concat, identity, split } from "./rows.ts";

const replaced = [batchMatMul, gather, segmentSum, split, concat, identity];
const fused = [
  rmsNormKernel,
  rmsNormGradientKernel,
  layerNormKernel,
  layerNormGradientKernel,
  geluKernel,
  geluGradientKernel,
  swigluKernel,
  swigluGradientKernel,
  rotaryKernel,
  rotaryGradientKernel,
  attentionKernel,
  attentionGradientKernel,
  tokenLogProbsKernel,
  tokenLogProbsGradientKernel,
];

let heap: Heap | undefined;

/** Puts our kernels into the wasm back end, once a process (or thread). */
export function installWasmKernels(tf: TensorFlow, backend: BackendWasm): Heap {
  if (heap?.backend !== backend) {
    heap = openHeap(backend);
    installKernels(tf, heap, [...replaced, ...fused]);
  }
  return heap;
}

/** The heap while the wasm back end is the current one, for what works on tensors in place. */
export function currentHeap(tf: TensorFlow): Heap | undefined {
  return tf.getBackend() === "wasm" ? heap : undefined;
}
