import { createRequire } from "node:module";
import type * as tfjs from "@tensorflow/tfjs";
import type * as wasmBackend from "@tensorflow/tfjs-backend-wasm";
import { type Refusal, refusal } from "./passed-over.ts";

/** The TensorFlow.js name space, whichever package it was loaded from. */
export type TensorFlow = typeof tfjs;

type WasmBackendPackage = typeof wasmBackend;

// tfjs keeps its tensors, kernels and gradients in one registry per copy of tfjs-core. Node would load the ES module of
// one package beside the CommonJS build of another, and so two registries; `require` gives every package the same copy.
// It also resolves from the folder of this file, or of the bundle that this file became.
const require = createRequire(import.meta.url);

/** Loads `@tensorflow/tfjs` (never tfjs-core alone, which registers no gradients). */
export function loadTensorFlow(): TensorFlow {
  return require("@tensorflow/tfjs");
}

/** Loads the WebAssembly back end and the folder of its binaries, with a trailing slash. */
export function loadWasmBackend(): { wasm: WasmBackendPackage; version: string; binaries: string } {
  const wasm: WasmBackendPackage = require("@tensorflow/tfjs-backend-wasm");
  const main = require.resolve("@tensorflow/tfjs-backend-wasm");
  return { wasm, version: wasm.version_wasm, binaries: main.slice(0, main.lastIndexOf("tf-backend-wasm.node.js")) };
}

/**
 * Loads one of the optional native packages, or says why it can't be had.
 *
 * Its folder may be missing, or may be there without the native library (the install script's download failed), and then
 * `require` throws an error without a code: so every error is caught and turned into a reason.
 */
export function loadNative(name: "@tensorflow/tfjs-node-gpu" | "@tensorflow/tfjs-node"): TensorFlow | Refusal {
  // TensorFlow writes what it was compiled with to standard error at every start; its warnings and errors stay.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "1";
  try {
    const loaded: TensorFlow = require(name);
    return loaded;
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      error.code === "MODULE_NOT_FOUND" &&
      error.message.includes(name)
    ) {
      return refusal("not_installed");
    }
    return refusal("broken_library", error);
  }
}
