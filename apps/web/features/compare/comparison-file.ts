import { csvOf } from "../../components/csv.ts";
import { figuresOf } from "../models/model-figures.ts";
import { differencesIn, settingRows, traitRows } from "./differences.ts";
import { heldOutPairs } from "./pairs-of.ts";
import type { Subject } from "./subject.ts";
import type { SubjectCurve } from "./use-curves.ts";

/** The curves that are drawn as a spreadsheet reads them, a row a point; a time that was not kept is an empty cell. */
export function curvesCsv(
  curves: readonly SubjectCurve[],
  metric: string,
  nameOf: (subject: Subject) => string,
): string {
  const rows = curves.flatMap(({ subject, series }) =>
    (series?.points ?? []).map(([step, value], at) => [
      ...[subject.number, nameOf(subject), subject.run?.id ?? null, metric, step, series?.seconds?.[at] ?? null, value],
    ]),
  );
  return csvOf(["number", "name", "run_id", "metric", "step", "seconds", "value"], rows);
}

/** All that the page says, for programs. */
export function comparisonJson(
  subjects: readonly Subject[],
  curves: readonly SubjectCurve[],
  metric: string | null,
  nameOf: (subject: Subject) => string,
): string {
  const told = {
    compared: subjects.map((subject) => ({
      number: subject.number,
      name: nameOf(subject),
      modelId: subject.model?.id ?? null,
      runId: subject.run?.id ?? null,
      labels: subject.labels,
      figures: figuresOf(subject.model?.metrics ?? {}).map(({ key, value, interval }) => ({ key, value, interval })),
    })),
    differences: {
      traits: differencesIn(traitRows(subjects)).different,
      settings: differencesIn(settingRows(subjects)).different,
    },
    heldOut: heldOutPairs(subjects).map(({ one, other, why }) => ({
      of: [one.number, other.number],
      comparable: why === null,
      why,
    })),
    curves: {
      metric,
      series: curves.map(({ subject, series, curve }) => ({
        number: subject.number,
        points: series?.points ?? [],
        seconds: series?.seconds ?? [],
        without: curve.kind === "none" ? curve.why : null,
      })),
    },
  };
  return `${JSON.stringify(told, null, 2)}\n`;
}
