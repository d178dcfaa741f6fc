import { expect, it } from "vitest";
import { TurnsByAsker } from "./turns-by-asker.ts";

const all = (waiting: TurnsByAsker<string>) => Array.from({ length: waiting.size }, () => waiting.next());

it("lets askers come one after the other, and of each what was asked first", () => {
  const waiting = new TurnsByAsker<string>();
  for (const one of ["a1", "a2", "a3", "b1", "c1", "b2"]) waiting.add(one.slice(0, 1), one);
  expect(waiting.size).toBe(6);
  expect(all(waiting)).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
  expect([waiting.size, waiting.next()]).toEqual([0, undefined]);
});

it("puts whoever comes anew behind all who wait, and forgets what is gone", () => {
  const waiting = new TurnsByAsker<string>();
  for (const one of ["a1", "a2", "b1"]) waiting.add(one.slice(0, 1), one);
  expect(waiting.next()).toBe("a1");
  for (const one of ["c1", "c2", "a3"]) waiting.add(one.slice(0, 1), one);
  waiting.remove((one) => one === "b1" || one === "c1");
  expect(waiting.size).toBe(3);
  expect(all(waiting)).toEqual(["a2", "c2", "a3"]);
});
