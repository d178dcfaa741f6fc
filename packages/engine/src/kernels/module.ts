import type { NativeAddon } from "../native-addon.ts";
import { kernelBinary } from "./binary.ts";

/** The functions that kernels/*.c export; their parameters are described there. */
export type KernelName =
  | "adamw"
  | "add_into"
  | "attention"
  | "attention_gradient"
  | "cached_attention"
  | "copy_rows"
  | "gather_rows"
  | "gelu"
  | "gelu_gradient"
  | "layer_norm"
  | "layer_norm_gradient"
  | "matmul"
  | "matmul_scratch"
  | "rms_norm"
  | "rms_norm_gradient"
  | "rotary"
  | "segment_sum"
  | "sum_of_squares"
  | "swiglu"
  | "swiglu_gradient"
  | "token_log_probs"
  | "token_log_probs_gradient";

/** Calls one kernel with addresses (bytes), sizes (elements) and factors. */
export type CallKernel = (name: KernelName, ...args: number[]) => number;

// Node has WebAssembly, but its type declarations leave it to the browser's; this is the part that is used.
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** The WebAssembly memory; its buffer is another one whenever it has grown. */
export interface Memory {
  readonly buffer: ArrayBuffer;
}

/** The same kernels as machine code, on the same heap. */
export function linkNative({ attach, kernels }: NativeAddon, memory: Memory): CallKernel {
  let attached: ArrayBuffer | undefined;
  return (name, ...args) => {
    const { buffer } = memory;
    if (buffer !== attached) {
      attach(buffer);
      attached = buffer;
    }
    const kernel = kernels.get(name);
    if (kernel === undefined) throw new Error(`the native accelerator has no ${name}; npm run setup mends it`);
    return kernel(...args) ?? 0;
  };
}

/** Links our kernels to the heap of TensorFlow.js, so that both work on the same tensors. */
export function linkKernels(memory: Memory): CallKernel {
  const api: WebAssemblyApi = Reflect.get(globalThis, "WebAssembly");
  const { exports } = new api.Instance(new api.Module(Buffer.from(kernelBinary, "base64")), { env: { memory } });
  return (name, ...args) => {
    const kernel = exports[name];
    if (typeof kernel !== "function") throw new Error(`the kernel binary has no ${name}; run kernels/build.mjs`);
    return Number(kernel(...args) ?? 0);
  };
}
