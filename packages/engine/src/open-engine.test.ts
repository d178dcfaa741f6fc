import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { kernelEngines } from "./kernel-engines.fixture.ts";
import { openEngine } from "./open-engine.ts";

describe("openEngine", () => {
  test("says which engine runs and why each faster one does not", async () => {
    const { backend, reason, passedOver } = await openEngine();
    const order = ["node-gpu", "node", "native", "wasm", "cpu"];
    const names = ["tfjs-node-gpu", "tfjs-node", "the native accelerator", "WebAssembly", "plain JavaScript"];
    for (const name of names.slice(0, order.indexOf(backend))) expect(reason).toMatch(new RegExp(`Not ${name}: .+\\.`));
    expect(passedOver.map(({ engine }) => engine)).toEqual(order.slice(0, order.indexOf(backend)));
  });

  test("the WebAssembly engine names kernels, processor, Node version and workers in its fingerprint", async () => {
    const { backend, fingerprint } = await openEngine({ prefer: "wasm", workers: 2 });
    expect(backend).toBe("wasm");
    expect(fingerprint).toMatch(
      /^tfjs-wasm 4\.22\.0 kernels [0-9a-f]{12} \| \S+, .+, wasm simd \| node \S+ \| workers 2$/,
    );
  });

  test.skipIf(kernelEngines[1].missing)(
    "the native engine names kernels, compiler and instruction sets in its fingerprint, and only where it is asked for",
    async () => {
      const native = await openEngine({ prefer: "native" });
      expect(native.backend).toBe("native");
      expect(native.reason).toMatch(/native kernels \((avx512|avx2 fma|neon)\)/);
      expect(native.fingerprint).toMatch(
        /^tfjs-wasm 4\.22\.0 native kernels [0-9a-f]{12} by .+ \| \S+, .+, (avx512|avx2 fma|neon) \| node \S+ \| workers 1$/,
      );
      const portable = await openEngine({ prefer: "wasm" });
      expect(portable.passedOver.at(-1)).toMatchObject({ engine: "native", why: "not_asked_for" });
    },
  );

  test("plain JavaScript is taken when asked for, and opening WebAssembly again makes it current again", async () => {
    expect((await openEngine({ prefer: "cpu" })).tf.getBackend()).toBe("cpu");
    expect((await openEngine({ prefer: "wasm" })).tf.getBackend()).toBe("wasm");
  });

  test("leaves no process-wide handler behind that would end the program ahead of its own", async () => {
    const script = `import { openEngine } from "@touchstone/engine";
      await openEngine({ prefer: "wasm" });
      console.log(process.listenerCount("uncaughtException"), process.listenerCount("unhandledRejection"));`;
    expect(await bundleAndRun(script)).toBe("0 0");
  });

  test("works in a bundle that leaves third-party packages outside, in a worker thread, with the same bits", async () => {
    const script = `import { Worker, isMainThread, parentPort } from "node:worker_threads";
      import { openEngine, rmsNorm, seededRandom } from "@touchstone/engine";
      if (isMainThread) new Worker(new URL(import.meta.url)).on("message", (text) => console.log(text));
      else {
        const { tf, backend } = await openEngine({ prefer: "wasm" });
        const x = tf.tensor2d(seededRandom(1).normals(35), [5, 7]);
        const slope = tf.grad((x) => rmsNorm(tf, x.matMul(x, true), tf.ones([7])).sum())(x);
        parentPort.postMessage(backend + " " + Buffer.from(slope.dataSync().buffer).toString("hex"));
      }`;
    const { rmsNorm, seededRandom } = await import("./index.ts");
    const { tf } = await openEngine({ prefer: "wasm" });
    const x = tf.tensor2d(seededRandom(1).normals(35), [5, 7]);
    const slope = tf.grad((given) => rmsNorm(tf, given.matMul(given, true), tf.ones([7])).sum())(x);
    expect(await bundleAndRun(script)).toBe(`wasm ${Buffer.from(slope.dataSync().buffer).toString("hex")}`);
  });

  test.skipIf(kernelEngines[1].missing)(
    "the native engine is found from a bundle, and works in two threads at once, each on a heap of its own that grows",
    async () => {
      const script = `import { Worker, isMainThread, parentPort } from "node:worker_threads";
        import { openEngine, seededRandom } from "@touchstone/engine";
        if (isMainThread) {
          const threads = [0, 1].map(() => new Promise((done) => new Worker(new URL(import.meta.url)).on("message", done)));
          console.log((await Promise.all(threads)).join("|"));
        } else {
          const { tf, backend } = await openEngine({ prefer: "native" });
          const values = seededRandom(1).normals(500 * 500);
          let product = tf.tensor2d(values, [500, 500]);
          const kept = [];
          for (let i = 0; i < 40; i++) kept.push((product = product.matMul(product, false, true).mul(0.001)));
          parentPort.postMessage(backend + " " + tf.addN(kept).sum().dataSync()[0]);
        }`;
      const cache = join(import.meta.dirname, "../../../node_modules/.cache");
      mkdirSync(cache, { recursive: true });
      const [one = "", other] = (await bundleAndRun(script, {}, cache)).split("|");
      expect(one).toMatch(/^native -?\d/);
      expect(other).toBe(one);
    },
  );

  test("a native package whose library does not load is passed over, with the reason", async () => {
    const broken = `throw new Error("The Node.js native addon module (tfjs_binding.node) can not be found at path: /x\\nmore");`;
    const script = `import { openEngine } from "@touchstone/engine";
      const { backend, reason } = await openEngine();
      console.log(backend + "|" + reason);`;
    const [backend, reason] = (await bundleAndRun(script, { "tfjs-node": broken })).split("|");
    expect(backend).toBe("wasm");
    expect(reason).toContain("Not tfjs-node: its native library did not load (The Node.js native addon module");
  });
});

/** Bundles a script as the production build does and runs it with Node, beside stand-ins for packages that break. */
async function bundleAndRun(script: string, broken: Record<string, string> = {}, below = tmpdir()): Promise<string> {
  const folder = mkdtempSync(join(below, "engine-bundle-"));
  const root = join(import.meta.dirname, "../../..");
  try {
    const outfile = join(folder, "bundle.mjs");
    await build({
      stdin: { contents: script, resolveDir: root, loader: "js" },
      alias: { "@touchstone/engine": join(import.meta.dirname, "index.ts") },
      bundle: true,
      format: "esm",
      platform: "node",
      external: ["@tensorflow/*"],
      outfile,
    });
    for (const [name, code] of Object.entries(broken)) {
      const at = join(folder, "node_modules/@tensorflow", name);
      mkdirSync(at, { recursive: true });
      writeFileSync(join(at, "index.js"), code);
    }
    // The bundle lies outside the checkout; Node finds the checkout's packages after the stand-ins.
    const env = { ...process.env, NODE_PATH: join(root, "node_modules"), TOUCHSTONE_ENGINE: "auto" };
    return execFileSync(process.execPath, [outfile], { encoding: "utf8", env }).trim();
  } finally {
    rmSync(folder, { recursive: true });
  }
}
