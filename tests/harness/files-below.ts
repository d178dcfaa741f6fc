import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** All that lies in the files of a folder and those below it, a character a byte. */
export async function filesBelow(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((one) => one.isFile()).map((one) => readFile(join(one.parentPath, one.name), "latin1"));
  return (await Promise.all(files)).join("");
}
