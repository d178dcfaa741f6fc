import { describe, expect, it } from "vitest";
import { comparisonJson, curvesCsv } from "./comparison-file.ts";
import { modelOf, runOf, subjectOf } from "./subject.fixture.ts";
import type { SubjectCurve } from "./use-curves.ts";

const one = subjectOf(1, { run: runOf("r1", { seed: 1 }) });
const other = subjectOf(3, { run: null, model: modelOf("m3", { metrics: { "heldout.accuracy": 0.5 } }) });
const points: [number, number][] = [
  [1, 0.5],
  [2, 0.25],
];
const curves: SubjectCurve[] = [
  { subject: one, curve: { kind: "curve", points }, series: { name: "loss", points, seconds: [0.5, null] } },
  { subject: other, curve: { kind: "none", why: "noRun" }, series: null },
];

describe("a comparison in a file", () => {
  it("has a row a point, an empty cell for a time that was not kept, and no text that a spreadsheet would run", () => {
    expect(curvesCsv(curves, "loss", ({ number }) => `=HYPERLINK("x"), ${number}`)).toBe(
      [
        "number,name,run_id,metric,step,seconds,value",
        `1,"'=HYPERLINK(""x""), 1",r1,loss,1,0.5,0.5`,
        `1,"'=HYPERLINK(""x""), 1",r1,loss,2,,0.25`,
        "",
      ].join("\r\n"),
    );
  });

  it("says as JSON what the page says, who has no line among it", () => {
    const told = JSON.parse(comparisonJson([one, other], curves, "loss", ({ number }) => `n${number}`));
    expect(
      told.compared.map(({ number, name, runId }: { number: number; name: string; runId: string | null }) => [
        ...[number, name, runId],
      ]),
    ).toEqual([
      [1, "n1", "r1"],
      [3, "n3", null],
    ]);
    expect(told.heldOut).toEqual([{ of: [1, 3], comparable: false, why: "notMeasured" }]);
    expect(told.curves.series.map(({ without }: { without: string | null }) => without)).toEqual([null, "noRun"]);
    expect(told.differences.traits).toContainEqual({ name: "seed", values: [1, null] });
  });
});
