// Compiles the native accelerator with the machine's own C compiler: no node-gyp, since all it takes is Node's headers,
// which come from the registry. Run by set-up (scripts/setup/native.mjs).
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { hashOf, sourcesIn } from "../source-hash.mjs";

const run = promisify(execFile);
const folder = import.meta.dirname;
const compiler = process.env.CC || "cc";

/** A variant of the kernels for each kind of processor; the addon takes the best one when it is loaded. */
const variants = {
  x64: { avx512: ["-mavx512f", "-mavx2", "-mfma"], avx2: ["-mavx2", "-mfma"] },
  arm64: { neon: [] },
}[process.arch];

/** Products may be contracted with sums here (FMA): the bits are those of one build on one kind of processor. */
const flags = "-O3 -fPIC -fvisibility=hidden -ffp-contract=fast -fno-math-errno -Wall -Wextra".split(" ");
const link = process.platform === "darwin" ? ["-bundle", "-undefined", "dynamic_lookup"] : ["-shared"];

/** What the compiler calls itself, or undefined where there is none, or none that we know to use. */
export async function compilerVersion() {
  if (variants === undefined || (process.platform !== "linux" && process.platform !== "darwin")) return undefined;
  try {
    const { stdout } = await run(compiler, ["--version"]);
    return stdout.split("\n")[0].trim().replace(/["\\]/g, "");
  } catch {
    return undefined;
  }
}

/** Writes the addon to `output`. @throws Error with the compiler's words */
export async function buildNative(output) {
  const { default: headers } = await import("node-api-headers");
  const sources = sourcesIn(join(folder, ".."));
  const texts = {
    SOURCES: hashOf(sources),
    BUILD: hashOf([...sources, ...sourcesIn(folder)]),
    COMPILER: await compilerVersion(),
  };
  const work = mkdtempSync(join(tmpdir(), "native-"));
  try {
    const compile = async (source, object, options) => {
      const file = join(work, object);
      await run(compiler, [...flags, `-I${headers.include_dir}`, ...options, "-c", join(folder, source), "-o", file]);
      return file;
    };
    const objects = await Promise.all([
      compile(
        "addon.c",
        "addon.o",
        Object.entries(texts).map(([name, text]) => `-D${name}="${text}"`),
      ),
      ...Object.entries(variants).map(([name, options]) =>
        compile("variant.c", `${name}.o`, [...options, `-DVARIANT=${name}`]),
      ),
    ]);
    mkdirSync(dirname(output), { recursive: true });
    // Beside its place and then moved there: a process that has the former one loaded keeps it.
    await run(compiler, [...link, "-o", `${output}.new`, ...objects]);
    renameSync(`${output}.new`, output);
  } finally {
    rmSync(work, { recursive: true });
  }
}
