import { kernelSourceHash } from "./kernels/binary.ts";
import { installWasmKernels } from "./kernels/install.ts";
import type { NativeAddon } from "./native-addon.ts";
import { loadWasmBackend, type TensorFlow } from "./tensorflow.ts";

/** Names the kernels' source: a change of any of them may change a bit of a result, so it is part of the fingerprint. */
export const kernelsVersion = kernelSourceHash.slice(0, 12);

/**
 * Starts the WebAssembly back end with our kernels, once; later calls only make it current.
 *
 * @param addon runs the kernels as machine code from now on; without it they run as WebAssembly
 */
export async function openWasm(tf: TensorFlow, addon?: NativeAddon): Promise<{ version: string; simd: boolean }> {
  const { wasm, version, binaries } = loadWasmBackend();
  wasm.setWasmPaths(binaries);
  const before = {
    uncaught: process.listeners("uncaughtException"),
    rejected: process.listeners("unhandledRejection"),
  };
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm back end refused to start");
  await tf.ready();
  const backend: unknown = tf.backend();
  if (!(backend instanceof wasm.BackendWasm)) throw new Error("another copy of the wasm back end is in charge");
  installWasmKernels(tf, backend).accelerate(addon);
  // Emscripten adds process-wide handlers that throw again what they are given, ahead of the program's own. Take them away.
  for (const listener of process.listeners("uncaughtException")) {
    if (!before.uncaught.includes(listener)) process.removeListener("uncaughtException", listener);
  }
  for (const listener of process.listeners("unhandledRejection")) {
    if (!before.rejected.includes(listener)) process.removeListener("unhandledRejection", listener);
  }
  return { version, simd: (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) === true };
}
