import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { cacheFile, root } from "./paths.mjs";

const never = new Set(["node_modules", "dist", ".next", ".git"]);

/**
 * Runs `action` unless it has finished before on the same inputs and its output is still there.
 * Inputs are files or folders of the checkout; tests inside them do not count.
 */
export async function unlessUnchanged({ name, inputs, output }, action) {
  const stamp = cacheFile(`${name}.stamp`);
  const fingerprint = fingerprintOf(inputs);
  const finished = existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint;
  if (finished && existsSync(join(root, output))) return;
  rmSync(stamp, { force: true });
  await action();
  // Written last, so that a kill halfway repeats the step; the path again, since an install may have emptied the cache.
  writeFileSync(cacheFile(`${name}.stamp`), fingerprint);
}

function fingerprintOf(inputs) {
  const hash = createHash("sha256").update(`${process.version} ${process.platform} ${process.arch}`);
  for (const file of inputs.flatMap((input) => filesOf(join(root, input))).sort()) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function filesOf(path) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) return [];
  if (status.isFile()) return isTest(path) ? [] : [path];
  return readdirSync(path)
    .filter((name) => !never.has(name) && name !== "next-env.d.ts" && !name.endsWith(".tsbuildinfo"))
    .flatMap((name) => filesOf(join(path, name)));
}

const isTest = (path) => /\.test\.tsx?$/.test(path);
