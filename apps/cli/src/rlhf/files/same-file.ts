import { realpath, stat } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { UsageError } from "../usage-error.ts";
import { callerPath } from "./caller-path.ts";

/**
 * Refuses to write where is read: by real paths and by the files themselves, so that links and a file system that takes Out for out
 * don't hide it.
 *
 * @param out as `callerPath` gives it; a file, or a folder that would be replaced with all it holds
 * @param inputs as they were named
 * @throws UsageError
 */
export async function refuseInputAsOutput(out: string, inputs: readonly string[]): Promise<void> {
  const target = await realPlace(out);
  const written = await identityOf(out);
  for (const input of inputs) {
    const source = await realPlace(callerPath(input));
    const isInside = source.startsWith(`${target}${sep}`) || (await liesIn(source, written));
    if (source !== target && !isInside) continue;
    throw new UsageError(`--out: ${input} is read and would be replaced. Name another --out.`);
  }
}

/** Whether one of the folders above the file, or the file itself, is the one that would be written. */
async function liesIn(source: string, written: string | undefined): Promise<boolean> {
  if (written === undefined) return false;
  for (let place = source; ; place = dirname(place)) {
    if ((await identityOf(place)) === written) return true;
    if (dirname(place) === place) return false;
  }
}

async function identityOf(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found && `${found.dev} ${found.ino}`;
}

/** The path without links, as far as it exists. */
async function realPlace(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined);
  if (real !== undefined || dirname(path) === path) return real ?? path;
  return join(await realPlace(dirname(path)), basename(path));
}
