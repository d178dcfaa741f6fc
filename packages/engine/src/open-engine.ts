import { engineFingerprint } from "./fingerprint.ts";
import { loadNativeAddon } from "./native-addon.ts";
import { type EngineName, inWords, type PassedOver, type Refusal, refusal } from "./passed-over.ts";
import { loadNative, loadTensorFlow, type TensorFlow } from "./tensorflow.ts";
import { kernelsVersion, openWasm } from "./wasm-backend.ts";

export interface Engine {
  readonly tf: TensorFlow;
  readonly backend: EngineName;
  /** Plain words: which engine runs, and why each better one does not. Shown on a run. */
  readonly reason: string;
  /** The same for pages of any language: each engine that would have been faster, and why it was not taken. */
  readonly passedOver: readonly PassedOver[];
  /** Threads that share a training step. */
  readonly workers: number;
  /** Equal seed, data and fingerprint give equal weights, bit for bit. */
  readonly fingerprint: string;
}

interface Opened {
  readonly tf: TensorFlow;
  readonly build: string;
  readonly label: string;
  readonly features: readonly string[];
}

/** Fastest first. Each entry opens its engine or says why it can't. */
const candidates: readonly { name: EngineName; open: () => Promise<Opened | Refusal> }[] = [
  { name: "node-gpu", open: async () => openNative("@tensorflow/tfjs-node-gpu", true) },
  { name: "node", open: async () => openNative("@tensorflow/tfjs-node", false) },
  { name: "native", open: openAccelerated },
  { name: "wasm", open: openWebAssembly },
  { name: "cpu", open: openPlainJavaScript },
];

/** The environment asks for something that can't be had; the message says what can. */
class EngineError extends Error {
  override readonly name = "EngineError";
}

/** All engines by name, fastest first. */
export const engineNames: readonly EngineName[] = candidates.map(({ name }) => name);

/**
 * Opens the fastest TensorFlow.js engine of this machine: tfjs-node-gpu, else tfjs-node, else WebAssembly with our
 * kernels as machine code, else as WebAssembly, else plain JavaScript.
 *
 * @param prefer the engine to begin with; faster ones are skipped, slower ones remain as a fallback. Left out, it is the one
 * that TOUCHSTONE_ENGINE names, so that any command and any test can be run on any engine
 * @param workers processes or threads that share a training step; part of the fingerprint
 * @throws Error when no engine at all opens; EngineError when TOUCHSTONE_ENGINE names none
 */
export async function openEngine(options: { prefer?: "auto" | EngineName; workers?: number } = {}): Promise<Engine> {
  const { prefer = ofEnvironment(), workers = 1 } = options;
  const first = prefer === "auto" ? 0 : candidates.findIndex(({ name }) => name === prefer);
  const passedOver: PassedOver[] = [];
  for (const [index, { name, open }] of candidates.entries()) {
    const outcome = index < first ? refusal("not_asked_for", prefer) : await open();
    if ("why" in outcome) {
      passedOver.push({ engine: name, ...outcome });
      continue;
    }
    const reason = [`${outcome.label}.`, ...passedOver.map((one) => `Not ${inWords(one)}.`)].join(" ");
    const fingerprint = engineFingerprint(outcome.build, outcome.features, workers);
    return { tf: outcome.tf, backend: name, reason, passedOver, workers, fingerprint };
  }
  throw new Error(`no TensorFlow.js engine could be opened. ${passedOver.map(inWords).join("; ")}`);
}

function ofEnvironment(): "auto" | EngineName {
  // Empty is unset, as it is where a compose file hands on a variable that nobody gave.
  const named = process.env.TOUCHSTONE_ENGINE || "auto";
  const known = (["auto", ...engineNames] as const).find((name) => name === named);
  if (known === undefined) {
    throw new EngineError(
      `TOUCHSTONE_ENGINE is “${named}”. It must be auto, ${engineNames.join(", ")}, or be left out.`,
    );
  }
  return known;
}

async function openNative(name: Parameters<typeof loadNative>[0], wantsGpu: boolean): Promise<Opened | Refusal> {
  const tf = loadNative(name);
  if ("why" in tf) return tf;
  try {
    if (!(await tf.setBackend("tensorflow"))) return refusal("did_not_start");
    const backend: unknown = tf.backend();
    const usesGpu =
      typeof backend === "object" && backend !== null && "isUsingGpuDevice" in backend && backend.isUsingGpuDevice;
    if (wantsGpu && usesGpu !== true) return refusal("no_gpu");
  } catch (error) {
    return refusal("did_not_start", error);
  }
  const label = `TensorFlow's native library (${name.replace("@tensorflow/", "")} ${tf.version.tfjs})`;
  return { tf, build: `${name.replace("@tensorflow/", "")} ${tf.version.tfjs}`, label, features: [] };
}

/** The WebAssembly back end keeps all tensors; our kernels run as machine code on its heap. */
async function openAccelerated(): Promise<Opened | Refusal> {
  const addon = loadNativeAddon();
  if ("why" in addon) return addon;
  try {
    const tf = loadTensorFlow();
    tf.enableProdMode();
    const { version } = await openWasm(tf, addon);
    const label = `this project's native kernels (${addon.features}) on WebAssembly's tensors (tfjs ${version})`;
    return { tf, build: `tfjs-wasm ${version} native kernels ${addon.build}`, label, features: [addon.features] };
  } catch (error) {
    return refusal("did_not_start", error);
  }
}

async function openWebAssembly(): Promise<Opened | Refusal> {
  try {
    const tf = loadTensorFlow();
    tf.enableProdMode();
    const { version, simd } = await openWasm(tf);
    const features = [simd ? "wasm simd" : "wasm without simd"];
    const label = `WebAssembly with this project's kernels (tfjs ${version}, ${simd ? "SIMD" : "no SIMD"})`;
    return { tf, build: `tfjs-wasm ${version} kernels ${kernelsVersion}`, label, features };
  } catch (error) {
    return refusal("did_not_start", error);
  }
}

async function openPlainJavaScript(): Promise<Opened | Refusal> {
  try {
    const tf = loadTensorFlow();
    tf.enableProdMode();
    if (!(await tf.setBackend("cpu"))) return refusal("did_not_start");
    const version = tf.version.tfjs;
    return { tf, build: `tfjs-cpu ${version}`, label: `plain JavaScript, slow (tfjs ${version})`, features: [] };
  } catch (error) {
    return refusal("did_not_start", error);
  }
}
