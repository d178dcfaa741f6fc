import { loadNativeAddon } from "./native-addon.ts";

const addon = loadNativeAddon();

/** The engines that run our kernels. Where the native accelerator can't be had, its tests are skipped and reported so. */
export const kernelEngines = [
  { engine: "wasm", missing: false },
  { engine: "native", missing: "why" in addon },
] as const;

export type KernelEngine = (typeof kernelEngines)[number]["engine"];
