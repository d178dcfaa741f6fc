import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The C files and headers of the folders, not of folders below them, in order. */
export function sourcesIn(...folders) {
  return folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /\.[ch]$/.test(name))
      .sort()
      .map((name) => ({ name, file: join(folder, name) })),
  );
}

/** Names a state of the sources: names and contents of all of them. */
export function hashOf(sources) {
  const hash = createHash("sha256");
  for (const { name, file } of sources) hash.update(name).update("\0").update(readFileSync(file)).update("\0");
  return hash.digest("hex");
}
