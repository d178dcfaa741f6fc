import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";

/**
 * Published data sets that tests check figures against. They carry licences of their own and are no part of the project:
 * where the folder is absent, those tests are skipped. TOUCHSTONE_REFERENCE_DATA names another folder.
 */
const folder =
  process.env.TOUCHSTONE_REFERENCE_DATA ?? join(fileURLToPath(new URL("../../..", import.meta.url)), "shared", "data");

export const hasReferenceData = existsSync(folder);

export function referenceFile(path: string): string {
  return join(folder, path);
}

/** The lines of a text file, unpacked where its name ends in .gz. */
export async function referenceLines(path: string): Promise<string[]> {
  const bytes = createReadStream(referenceFile(path));
  const text = path.endsWith(".gz") ? bytes.pipe(createGunzip()) : bytes;
  const lines: string[] = [];
  for await (const line of createInterface({ input: text })) if (line !== "") lines.push(line);
  return lines;
}
