import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { NativeAddon } from "../native-addon.ts";
import { type CallKernel, linkKernels, linkNative, type Memory } from "./module.ts";

/** A fresh tensor on the heap and where its values lie. */
export interface Output {
  readonly info: TensorInfo;
  readonly address: number;
}

/** The WebAssembly back end as our kernels see it: addresses of tensors, new tensors, work space, and the kernels. */
export interface Heap {
  readonly backend: BackendWasm;
  /** Runs a kernel, as WebAssembly or as machine code. */
  readonly call: CallKernel;
  /** From now on kernels run as machine code, or, without an addon, as WebAssembly. */
  accelerate(addon: NativeAddon | undefined): void;
  /** Byte address of a tensor's values; negative in the upper half of the heap, since Emscripten's are signed. It stays good while the tensor lives, even when the heap grows. */
  address(tensor: TensorInfo): number;
  output(shape: readonly number[], dtype: DataType): Output;
  /** Address of `floats` float32 that are no tensor's, until they are given back. */
  allocate(floats: number): number;
  free(address: number): void;
  /** The values that lie at an address, as long as the heap does not grow. */
  floats(address: number, size: number): Float32Array;
  integers(address: number, size: number): Int32Array;
  /** Address of at least `floats` float32 of work space, overwritten by the next kernel. */
  scratch(floats: number): number;
}

/** The parts of Emscripten's module that its published types leave out. */
interface EmscriptenModule {
  _malloc(bytes: number): number;
  _free(address: number): void;
  readonly asm: { readonly memory: Memory };
}

/** @throws Error when the back end's memory can't be reached, as in another version of tfjs-backend-wasm */
export function openHeap(backend: BackendWasm): Heap {
  const module: object = backend.wasm;
  if (!isEmscriptenModule(module)) throw new Error("this version of the wasm back end does not show its memory");
  refuseFailedAllocations(module);
  const { memory } = module.asm;
  const portable = linkKernels(memory);
  let call = portable;
  let scratch = { address: 0, floats: 0 };
  return {
    backend,
    get call() {
      return call;
    },
    accelerate(addon) {
      call = addon === undefined ? portable : linkNative(addon, memory);
    },
    address: (tensor) => backend.getMemoryOffset(tensor.dataId),
    output(shape, dtype) {
      const info = backend.makeOutput([...shape], dtype);
      return { info, address: backend.getMemoryOffset(info.dataId) };
    },
    allocate: (floats) => module._malloc(4 * Math.max(floats, 1)),
    free: (address) => module._free(address),
    floats: (address, size) => new Float32Array(memory.buffer, address >>> 0, size),
    integers: (address, size) => new Int32Array(memory.buffer, address >>> 0, size),
    scratch(floats) {
      if (floats > scratch.floats) {
        const former = scratch.address;
        // Forgotten before it is given back: should the allocation fail, the next kernel must not write to freed memory.
        scratch = { address: 0, floats: 0 };
        if (former !== 0) module._free(former);
        scratch = { address: module._malloc(4 * floats), floats };
      }
      return scratch.address;
    },
  };
}

function isEmscriptenModule(module: object): module is EmscriptenModule {
  if (!("_malloc" in module && "_free" in module && "asm" in module)) return false;
  const { _malloc, _free, asm } = module;
  const callable = typeof _malloc === "function" && typeof _free === "function";
  return callable && typeof asm === "object" && asm !== null && "memory" in asm && isMemory(asm.memory);
}

function isMemory(memory: unknown): memory is Memory {
  return typeof memory === "object" && memory !== null && "buffer" in memory && memory.buffer instanceof ArrayBuffer;
}

/**
 * TensorFlow.js takes the address 0 of a failed allocation for a tensor's and writes there, over the back end's own data.
 * Make it an error instead.
 */
function refuseFailedAllocations(module: EmscriptenModule): void {
  // On its first call Emscripten's stub puts the real function into the property, and would put ours out.
  module._free(module._malloc(4));
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    const address = allocate(bytes);
    if (address === 0 && bytes > 0) throw new Error(`the WebAssembly heap (at most 4 GB) has no ${bytes} bytes left`);
    return address;
  };
}
