import { loadWasmBackend, type TensorFlow } from "./tensorflow.ts";

/** Raised with every change of a kernel that may change a bit of its result; part of the fingerprint. */
export const KERNELS_VERSION = 1;

/** Starts the WebAssembly back end with our kernels, once; later calls only make it current. */
export async function openWasm(tf: TensorFlow): Promise<{ version: string; simd: boolean }> {
  const { wasm, version, binaries } = loadWasmBackend();
  wasm.setWasmPaths(binaries);
  const before = {
    uncaught: process.listeners("uncaughtException"),
    rejected: process.listeners("unhandledRejection"),
  };
  if (!(await tf.setBackend("wasm"))) throw new Error("the wasm back end refused to start");
  await tf.ready();
  // Emscripten adds process-wide handlers that throw again what they are given, ahead of the program's own. Take them away.
  for (const listener of process.listeners("uncaughtException")) {
    if (!before.uncaught.includes(listener)) process.removeListener("uncaughtException", listener);
  }
  for (const listener of process.listeners("unhandledRejection")) {
    if (!before.rejected.includes(listener)) process.removeListener("unhandledRejection", listener);
  }
  return { version, simd: (await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT")) === true };
}
