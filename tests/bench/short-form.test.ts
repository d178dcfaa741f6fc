import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { samplingRow } from "./generate/bench.ts";
import type { Row } from "./report.ts";
import { trainingRows } from "./train/bench.ts";

/** Small enough that starting the programs is what takes the time. Timings decide nothing here, only what is told of them. */
const tiny = { vocab: 300, context: 16, layers: 1, heads: 2, width: 16, hidden: 32, batchSize: 4 };
const effort = { rounds: 2, seconds: 0.05, tasks: 1 };
const quiet = () => {};
/** Milliseconds: a Python with PyTorch takes many seconds to start on a busy machine. */
const patience = 180_000;

/** Where there is no PyTorch the peer is null with the reason; where there is, both sides have all their rounds. */
function expectPeer(row: Row): void {
  expect(row.unit).toBe("tokens/s");
  if (row.peer === null) {
    expect(row).toMatchObject({ peerValue: null, ratio: null, why: expect.stringContaining("Py") });
  } else {
    expect(row.peer).toMatch(/^PyTorch \S+, [12] threads?$/);
    expect(row.rounds?.peer).toHaveLength(effort.rounds);
    expect(row.peerValue).toBeGreaterThan(0);
  }
}

describe("in a tiny form", { timeout: patience }, () => {
  test("train measures the trainer in a process of its own, and says which engine can't be had", async () => {
    const [row, missing, ...others] = await trainingRows("tiny", tiny, ["wasm", "unheard-of"], effort, quiet);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ case: "wasm-tiny", setting: expect.stringMatching(/^wasm, [12] workers?$/) });
    expect(row?.rounds?.ours).toHaveLength(effort.rounds);
    expect(row?.value).toBeGreaterThan(0);
    expect(row?.memoryMb).toBeGreaterThan(0);
    if (row) expectPeer(row);
    expect(missing).toMatchObject({ case: "unheard-of-tiny", value: null, ratio: null });
    expect(missing?.why).toContain("there is no engine called unheard-of");
  });

  test("generate measures the sampler, every token counted", async () => {
    const sampling = { batch: 3, prompt: 8, answer: 5 } as const;
    const row = await samplingRow("batch3", tiny, sampling, ["wasm"], effort, quiet);
    expect(row).toMatchObject({ case: "batch3", setting: "wasm, 1 worker" });
    expect(row.rounds?.ours).toHaveLength(effort.rounds);
    expectPeer(row);
  });
});

test("an unknown name is answered with the names that there are, and nothing on standard output", async () => {
  const file = fileURLToPath(new URL("run.ts", import.meta.url));
  const told = await new Promise((resolve) => {
    execFile(process.execPath, ["--import", "tsx", file, "speed", "--json"], (error, stdout, stderr) =>
      resolve({ code: error?.code, stdout, stderr }),
    );
  });
  expect(told).toEqual({
    code: 1,
    stdout: "",
    stderr: "Name one of: train, generate, claim, sockets, browse, import, export, decision.\n",
  });
});
