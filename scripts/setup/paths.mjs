import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

export const cliBundle = new URL("../../apps/cli/dist/main.js", import.meta.url);

/** What a clean install should take with it: stamps of finished steps, reports of tests. */
export function cacheFile(name) {
  const folder = join(root, "node_modules", ".cache", "touchstone");
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}

/** The program of an installed package. */
export const tool = (name) => join(root, "node_modules", ".bin", name);
