import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** What the API is made of. */
const parts = [
  "apps/api",
  ...["persistence", "outgoing", "jobs", "datasets", "labeling", "contracts"].map((one) => `packages/${one}`),
];

/** The API's sources in a folder of their own, to be changed and started there; what is installed is shared. */
export interface SourceCopy {
  readonly folder: string;
  /** Adds a file, or changes the one that is there. */
  write(path: string, change: (before: string) => string): void;
  remove(): void;
}

export function copySource(): SourceCopy {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-source-"));
  for (const part of parts) {
    cpSync(join(root, part), join(folder, part), {
      recursive: true,
      filter: (path) => !["node_modules", "dist"].includes(basename(path)),
    });
  }
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  cpSync(join(root, "tsconfig.json"), join(folder, "tsconfig.json"));
  // Our own packages are those of the copy; all others are where they are installed.
  mkdirSync(join(folder, "node_modules/@touchstone"), { recursive: true });
  for (const place of [".", ...parts])
    linkInstalled(join(root, place, "node_modules"), join(folder, place, "node_modules"));
  for (const part of parts) symlinkSync(join(folder, part), join(folder, "node_modules/@touchstone", basename(part)));
  return {
    folder,
    write(path, change) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, change(existsSync(file) ? readFileSync(file, "utf8") : ""));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function linkInstalled(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name !== "@touchstone") symlinkSync(join(from, name), join(to, name));
  }
}
