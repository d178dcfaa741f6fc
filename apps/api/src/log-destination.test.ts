import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

test("lines come out in order, those too that were written in the moment before the process ended", async () => {
  const program = fileURLToPath(new URL("log-destination.fixture.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", program]);
  expect(stdout).toBe("first\nsecond\nthird\n");
});
