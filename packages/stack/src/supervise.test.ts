import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { type Supervisor, supervise } from "./supervise.ts";

it("starts what crashes again and again after a pause that grows to two seconds and no further", async () => {
  const pauses: number[] = [];
  let supervisor: Supervisor | undefined;
  const grown = new Promise<void>((resolve) => {
    const log = (line: string) => {
      pauses.push(Number(/again in ([\d.]+) s$/.exec(line)?.[1]));
      if (pauses.length === 5) resolve();
    };
    supervise({
      name: "The process",
      spawn: () => spawn(process.execPath, ["-e", "process.exit(1)"]),
      probe: async () => undefined,
      readyWithinMs: 10_000,
      stopSignal: "SIGTERM",
      stopWithinMs: 1_000,
      ledger: { add: () => undefined, remove: () => undefined },
      log,
    }).then((started) => {
      supervisor = started;
    });
  });
  await grown;
  await supervisor?.stop();
  expect(pauses).toEqual([0.25, 0.5, 1, 2, 2]);
});
