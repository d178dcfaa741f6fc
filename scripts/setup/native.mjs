import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./paths.mjs";
import { step } from "./progress.mjs";
import { unlessUnchanged } from "./stamp.mjs";

const folder = "packages/engine/dist";
/** Empty where the build went well: what was tried is not tried again before a source changes. */
const log = `${folder}/native.log`;

/** Compiles the engine's native accelerator where there is a C compiler. Nothing needs it: without it, WebAssembly runs. */
export async function buildAccelerator() {
  const { buildNative, compilerVersion } = await import("../../packages/engine/kernels/native/build.mjs");
  if ((await compilerVersion()) === undefined) return;
  const inputs = ["packages/engine/kernels", "packages/engine/package.json", "scripts/setup/native.mjs"];
  await unlessUnchanged({ name: "native", inputs, output: log }, () =>
    step("Compiling the native accelerator", async () => {
      const output = join(root, folder, "native.node");
      mkdirSync(dirname(output), { recursive: true });
      const failure = await buildNative(output).then(
        () => "",
        (error) => error.stderr || error.message,
      );
      writeFileSync(join(root, log), failure);
      if (failure === "") return;
      if (existsSync(output)) rmSync(output);
      process.stderr.write(`it did not build (${log}), WebAssembly will do … `);
    }),
  );
}
