import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout, from a bundle and from source alike: the nearest folder above that holds the workspace's file. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "pnpm-workspace.yaml"))) {
    if (folder === dirname(folder)) throw new Error("This program does not lie inside a Touchstone checkout.");
    folder = dirname(folder);
  }
  return folder;
}
