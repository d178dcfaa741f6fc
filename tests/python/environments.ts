import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { it } from "vitest";

const run = promisify(execFile);

/** `make-environments.sh` makes them, as `npm run python-loads` does; where there is none its tests are skipped. */
const environments = process.env.TOUCHSTONE_PYTHON_ENVIRONMENTS ?? join(homedir(), ".cache", "touchstone-python");
export const pythonOf = (name: string) => join(environments, name, "bin", "python");

/** Whether what is installed there has this package. */
export function hasPackage(environment: string, name: string): boolean {
  const lib = join(environments, environment, "lib");
  if (!existsSync(lib)) return false;
  return readdirSync(lib).some((python) => existsSync(join(lib, python, "site-packages", name)));
}

export const withEnvironment = (name: string) => it.skipIf(!existsSync(pythonOf(name)));

/** What a script prints last, as JSON. @throws Error that has what it said, where it breaks off. */
export async function asked(
  environment: string,
  script: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<unknown> {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const surroundings = { ...process.env, CUDA_VISIBLE_DEVICES: "", OMP_NUM_THREADS: "2", ...env };
  const { stdout } = await run(pythonOf(environment), [path, ...args], { env: surroundings, maxBuffer: 2 ** 28 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
