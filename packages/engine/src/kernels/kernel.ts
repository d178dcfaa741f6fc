import type { NamedAttrMap, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlow } from "../tensorflow.ts";
import type { Heap } from "./heap.ts";

/** One kernel of ours for the wasm back end, in the place of the stock one where there is one. */
export interface WasmKernel {
  readonly name: string;
  /** `all` lists the inputs in order, for the kernels that take any number of them. */
  readonly run: (heap: Heap, inputs: Inputs, attributes: NamedAttrMap, all: readonly TensorInfo[]) => Outcome;
}

type Outcome = TensorInfo | TensorInfo[] | typeof useStock;

/** Returned by a kernel for a case that it leaves to the stock kernel. */
export const useStock = Symbol("use the stock kernel");

/** The input of that name. @throws Error if it is missing */
export type Inputs = (name: string) => TensorInfo;

/** Registers the kernels. Call it once a heap: a second time, ours would be taken for the stock ones. */
export function installKernels(tf: TensorFlow, heap: Heap, kernels: readonly WasmKernel[]): void {
  for (const { name, run } of kernels) {
    const stock = tf.getKernel(name, "wasm");
    if (stock !== undefined) tf.unregisterKernel(name, "wasm");
    tf.registerKernel({
      ...stock,
      kernelName: name,
      backendName: "wasm",
      kernelFunc(call) {
        const outcome = run(heap, inputsOf(name, call.inputs), call.attrs ?? {}, listOf(call.inputs));
        if (outcome !== useStock) return outcome;
        if (stock === undefined) throw new Error(`${name}: this shape or type is not supported`);
        return stock.kernelFunc(call);
      },
    });
  }
}

function listOf(inputs: NamedTensorInfoMap): TensorInfo[] {
  return Object.values(inputs).flatMap((tensor) => (tensor === undefined ? [] : [tensor]));
}

function inputsOf(kernel: string, inputs: NamedTensorInfoMap): Inputs {
  return (name) => {
    const tensor = inputs[name];
    if (tensor === undefined) throw new Error(`${kernel} needs the input ${name}`);
    return tensor;
  };
}

/** Product of sizes; 1 for none. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, extent) => size * extent, 1);
}

/** Attribute as a number. @throws Error if it is none */
export function numberOf(attributes: NamedAttrMap, name: string): number {
  const value = attributes[name];
  if (typeof value !== "number") throw new Error(`attribute ${name} must be a number`);
  return value;
}
