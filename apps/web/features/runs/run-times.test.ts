import { expect, test } from "vitest";
import { timesOf, timesTogether } from "./run-times.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const run = (seconds: number, spec: Record<string, unknown>) => ({
  spec,
  startedAt: new Date(start).toISOString(),
  finishedAt: new Date(start + seconds * 1_000).toISOString(),
});
const settings = { trainer: "reward", epochs: 1, objective: { kind: "bradley-terry", margins: true } };
/** As the database gives it back: in an order of its own. */
const stored = { epochs: 1, trainer: "reward", objective: { margins: true, kind: "bradley-terry" } };

test("the last three runs with the same settings say how long it takes", () => {
  const former = [
    run(120, stored),
    run(9, { ...stored, epochs: 2 }),
    run(240, stored),
    run(180, stored),
    run(3_600, stored),
  ];
  expect(timesOf(former, settings)).toEqual({ count: 3, from: 120, to: 240, alike: true });
});

test("runs with other settings stand in where there are none, and are said to be so", () => {
  const former = [run(60, { ...stored, epochs: 2 })];
  expect(timesOf(former, settings)).toEqual({ count: 1, from: 60, to: 60, alike: false });
});

test("without a former run nothing is known", () => {
  expect(timesOf([], settings)).toBeNull();
  expect(timesOf([{ ...run(1, stored), startedAt: null }], settings)).toBeNull();
});

test("a round takes as long as its runs together, and is not known while one of them is not", () => {
  const one = { count: 3, from: 60, to: 120, alike: true };
  const other = { count: 1, from: 30, to: 30, alike: false };
  expect(timesTogether([one, other])).toEqual({ count: 1, from: 90, to: 150, alike: false });
  expect(timesTogether([one, null])).toBeNull();
});
