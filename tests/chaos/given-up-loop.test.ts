import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { withLoopStack } from "../../apps/cli/src/loop/loop-stack.ts";

it("a loop that is given up while it writes leaves no folder behind", async () => {
  const stop = new AbortController();
  let folder = "";
  const reason = new Error("enough");
  const looped = withLoopStack(
    () => undefined,
    stop.signal,
    async ({ filesDir }) => {
      folder = dirname(filesDir);
      const writing = manyFiles(filesDir, stop.signal);
      stop.abort(reason);
      await writing;
    },
  );
  await expect(looped).rejects.toBe(reason);
  expect(existsSync(folder)).toBe(false);
});

/** Goes on for a while after the end was wished for, as a model does whose files are on their way. */
async function manyFiles(folder: string, stop: AbortSignal): Promise<void> {
  let left = 2_000;
  for (let file = 0; left > 0; file++) {
    if (stop.aborted) left--;
    await mkdir(join(folder, String(file)), { recursive: true });
    await writeFile(join(folder, String(file), "weights"), "1");
    await sleep(1);
  }
}
