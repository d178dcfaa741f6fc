import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../start/project-root.ts";

/** The version of this checkout. */
export function productVersion(): string {
  const file = readFileSync(join(projectRoot(), "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(file)).version;
}
