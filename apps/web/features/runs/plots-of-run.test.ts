import { describe, expect, it } from "vitest";
import { plotsOfRun } from "./plots-of-run.ts";

const points: [number, number][] = [[1, 0.5]];

describe("plotsOfRun", () => {
  const plots = (names: string[]) =>
    plotsOfRun(
      names.map((name) => ({ name, points })),
      (id) => id,
      () => "",
    );

  it("puts a held-out curve beside its training curve", () => {
    expect(plots(["loss", "heldout.loss"])[0]?.curves.map((curve) => curve.id)).toEqual(["loss", "heldout.loss"]);
  });

  it("keeps one order and leaves out what the run has no figures for", () => {
    expect(plots(["kl", "loss", "reward"]).map((plot) => plot.id)).toEqual(["reward", "loss", "kl"]);
  });

  it("draws a count from nothing and as it is, since a smoothed one would be a false figure", () => {
    expect(plots(["judgements"])).toMatchObject([{ exact: true, curves: [{ points: [[0, 0], ...points] }] }]);
  });

  it("draws no yardstick as a curve", () => {
    expect(plots(["baseline.longer.accuracy", "lr"])).toEqual([]);
  });
});
