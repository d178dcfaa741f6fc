import { existsSync } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../usage-error.ts";
import { callerPath } from "./caller-path.ts";
import { writing } from "./output-error.ts";

/**
 * A file that can be written, absolute: asked for before the work that fills it, which may take an hour.
 * @throws UsageError if its folder is missing, or can't be written, or it is a folder itself
 */
export async function outputFile(flag: string, path: string): Promise<string> {
  const full = callerPath(path);
  const folder = dirname(full);
  if (!existsSync(folder) || !(await stat(folder)).isDirectory()) {
    throw new UsageError(`${flag}: there is no folder ${folder}. Make it first.`);
  }
  if (existsSync(full) && (await stat(full)).isDirectory()) {
    throw new UsageError(`${flag}: ${path} is a folder. Name a file in it.`);
  }
  // The draft that the content will be written to: a read-only disk shows now, not after the work.
  const draft = `${full}.draft`;
  await writing(path, async () => {
    await (await open(draft, "w")).close();
    await rm(draft, { force: true });
  });
  return full;
}
