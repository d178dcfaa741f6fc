// Compiles the C kernels beside this file into src/kernels/binary.ts. Needs clang and wasm-ld (Debian: clang, lld);
// the result is committed, so only those who change a kernel need them. A unit test compares the sources' hash.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashOf, sourcesIn } from "./source-hash.mjs";

const folder = import.meta.dirname;
const sources = sourcesIn(folder);
const work = mkdtempSync(join(tmpdir(), "kernels-"));
const output = join(work, "kernels.wasm");

// No contraction: every build rounds after every operation, so equal source gives equal bits. No unrolling or automatic
// vectors: the loops that matter are written out, and the rest stays small.
const flags =
  "--target=wasm32 -msimd128 -O2 -fno-unroll-loops -fno-vectorize -ffp-contract=off -fno-builtin -nostdlib -Wall -Wextra -Werror";
const link = ["--no-entry", "--import-memory", "--strip-all"].map((option) => `-Wl,${option}`);
try {
  const files = sources.map(({ file }) => file).filter((file) => file.endsWith(".c"));
  for (const file of files) {
    const assembly = execFileSync("clang", [...flags.split(" "), "-S", "-o", "-", file], { encoding: "utf8" });
    // The heap is TensorFlow.js's own: a stack or static data would overwrite its variables.
    if (/global\.[gs]et\s+__stack_pointer/.test(assembly))
      throw new Error(`${file} needs a stack; name its locals one by one`);
    if (/\.section\s+\.(data|rodata|bss)/.test(assembly)) throw new Error(`${file} has static data; pass it in`);
  }
  execFileSync("clang", [...flags.split(" "), ...link, "-o", output, ...files], { stdio: "inherit" });
  const binary = readFileSync(output);
  writeFileSync(
    join(folder, "../src/kernels/binary.ts"),
    `// Made by kernels/build.mjs from the C files there; do not edit.
export const kernelSourceHash = "${hashOf(sources)}";
export const kernelBinary =
  "${binary.toString("base64")}";
`,
  );
  console.log(`${binary.length} bytes from ${files.length} files`);
} finally {
  rmSync(work, { recursive: true });
}
