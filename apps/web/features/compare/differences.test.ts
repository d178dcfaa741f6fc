import { describe, expect, it } from "vitest";
import { differencesIn, settingRows, traitRows } from "./differences.ts";
import { modelOf, runOf, subjectOf } from "./subject.fixture.ts";

describe("what differs", () => {
  const labels = (sha256: string) => ({ id: sha256, sha256, judgements: 40 });
  const one = subjectOf(1, {
    labels: labels("aa"),
    context: 128,
    run: runOf("r1", { seed: 1, spec: { epochs: 1, objective: { kind: "bradley-terry", centring: 0.01 } } }),
  });
  const other = subjectOf(2, {
    labels: labels("bb"),
    context: 128,
    model: modelOf("m2", { parameters: 20 }),
    run: runOf("r2", { seed: 2, spec: { objective: { kind: "ordered-logit", centring: 0.01 } } }),
  });

  it("names the traits in which two differ, data by their hash, and folds those in which they don’t", () => {
    const { different, equal } = differencesIn(traitRows([one, other]));
    expect(different).toEqual([
      { name: "labels", values: ["aa", "bb"] },
      { name: "seed", values: [1, 2] },
      { name: "size", values: [10, 20] },
    ]);
    expect(equal.map(({ name }) => name)).toEqual(["kind", "recipe", "base", "reward", "context"]);
  });

  it("holds settings against each other by name, and one that is not set against none", () => {
    const { different, equal } = differencesIn(settingRows([one, other]));
    expect(different).toEqual([
      { name: "epochs", values: [1, null] },
      { name: "objective.kind", values: ["bradley-terry", "ordered-logit"] },
    ]);
    expect(equal).toEqual([{ name: "objective.centring", values: [0.01, 0.01] }]);
  });

  it("says nothing of the settings of one that no run made", () => {
    const alike = subjectOf(3, { run: one.run });
    const brought = subjectOf(4, { run: null });
    expect(differencesIn(settingRows([one, brought, alike])).different).toEqual([]);
    expect(differencesIn(settingRows([one, brought, other])).different.map(({ name }) => name)).toEqual([
      ...["epochs", "objective.kind"],
    ]);
  });

  it("finds one that differs among three", () => {
    const third = subjectOf(3, { labels: labels("aa"), context: 128, run: one.run });
    expect(differencesIn(traitRows([one, third, third])).different).toEqual([]);
    expect(differencesIn(traitRows([one, third, other])).different.map(({ name }) => name)).toContain("labels");
  });
});
