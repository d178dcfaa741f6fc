import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kernelSourceHash } from "./binary.ts";

test("the committed binary was built from the C files that stand beside it", () => {
  const folder = join(import.meta.dirname, "../../kernels");
  const hash = createHash("sha256");
  for (const name of readdirSync(folder)
    .filter((file) => /\.[ch]$/.test(file))
    .sort()) {
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(folder, name)))
      .update("\0");
  }
  expect(hash.digest("hex"), "run `node packages/engine/kernels/build.mjs`").toBe(kernelSourceHash);
});
