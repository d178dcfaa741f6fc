import type { LabelFit } from "@touchstone/rlhf";
import { expect, test } from "vitest";
import { countFit } from "./count-fit.ts";
import type { FitRow } from "./fit-rows.ts";

const row = (fit: LabelFit, split: FitRow["split"] = "train"): FitRow => ({ split, fit: () => fit });
/** Holds the thread for five milliseconds, as a long text does. */
const slowRow: FitRow = {
  split: "train",
  fit() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    return "whole";
  },
};

test("labels are used, cut or left out, each by its name, and held-out ones stand aside", async () => {
  const rows = [row("whole"), row("whole"), row("cut"), row("tooLong"), row("identical"), row("tooLong", "test")];
  expect(await countFit([...rows, row("whole", "validation")], 1_000)).toEqual({
    training: 5,
    heldOut: 2,
    tooLong: 1,
    identical: 1,
    used: 3,
    promptsCut: 1,
    share: 1,
  });
});

test("when time runs out, the rest is not looked at, and the share says so", async () => {
  const { share, training } = await countFit(Array<FitRow>(1_000).fill(slowRow), 40);
  expect(share).toBeLessThan(0.02);
  expect(training).toBe(Math.round(share * 1_000));
});

test("others have their turn while it counts", async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await countFit(Array<FitRow>(60).fill(slowRow), 10_000);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(2);
});

test("nothing is nothing", async () => {
  expect(await countFit([], 10)).toMatchObject({ training: 0, used: 0, share: 1 });
});
