import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { kernelSourceHash } from "./kernels/binary.ts";
import { type Refusal, refusal } from "./passed-over.ts";
import { isWholeLibrary } from "./whole-library.ts";

/** The native accelerator: our kernels as machine code for the heap of the WebAssembly back end. */
export interface NativeAddon {
  /** Tells where the heap lies; again whenever it has grown. */
  readonly attach: (buffer: ArrayBuffer) => void;
  /** The kernels by name; each takes what its WebAssembly twin takes. */
  readonly kernels: ReadonlyMap<string, (...args: number[]) => number | undefined>;
  /** Instruction sets that the kernels use on this processor. */
  readonly features: string;
  /** Names sources and compiler. */
  readonly build: string;
}

/** Where set-up puts it: this file lies three folders below the checkout, and so does every bundle. */
const place = fileURLToPath(new URL("../../../packages/engine/dist/native.node", import.meta.url));

/** Loads the accelerator, or says why it can't be had. */
export function loadNativeAddon(): NativeAddon | Refusal {
  if (!existsSync(place)) return refusal("not_built");
  try {
    if (!isWholeLibrary(readFileSync(place)))
      return refusal("broken_library", "the file is cut off; remove packages/engine/dist, and npm run setup builds it");
    const loaded: unknown = createRequire(import.meta.url)(place);
    return isAddon(loaded) ? opened(loaded) : refusal("did_not_start", "it is not our addon");
  } catch (error) {
    return refusal("broken_library", error);
  }
}

interface Texts {
  readonly features: string;
  readonly sources: string;
  readonly build: string;
  readonly compiler: string;
}

function opened(addon: Texts): NativeAddon | Refusal {
  const { features, sources, build, compiler } = addon;
  if (features === "") return refusal("did_not_start", "this processor lacks AVX2 and FMA");
  if (sources !== kernelSourceHash) return refusal("did_not_start", "built from other sources; npm run setup mends it");
  const functions = new Map(Object.entries(addon).filter(isFunction));
  const attach = functions.get("attach");
  if (attach === undefined) return refusal("did_not_start", "it can't be attached to a heap");
  return { attach, kernels: functions, features, build: `${build.slice(0, 12)} by ${compiler}` };
}

function isAddon(loaded: unknown): loaded is Texts {
  if (typeof loaded !== "object" || loaded === null) return false;
  const named: Partial<Record<keyof Texts, unknown>> = loaded;
  return [named.features, named.sources, named.build, named.compiler].every((text) => typeof text === "string");
}

/** What the addon calls takes anything that it can read, and checks it itself. */
function isFunction(entry: [string, unknown]): entry is [string, (...args: unknown[]) => number | undefined] {
  return typeof entry[1] === "function";
}
