import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { saveFile } from "../../components/save-file.ts";
import type { Comparison } from "./compare-address.ts";
import { comparisonJson, curvesCsv } from "./comparison-file.ts";
import type { Subject } from "./subject.ts";
import { useCurves } from "./use-curves.ts";
import { useSubjectNames } from "./use-subject-name.ts";

interface SaveComparisonProps {
  readonly subjects: readonly Subject[];
  readonly comparison: Comparison;
}

/** The curves that are drawn as a spreadsheet reads them, and all that the page says as JSON. */
export function SaveComparison({ subjects, comparison }: SaveComparisonProps): ReactNode {
  const t = useTranslations("compare.save");
  const { full } = useSubjectNames();
  const { curves, metric } = useCurves(subjects, comparison.metric, comparison.over);
  if (curves === undefined) return null;
  return (
    <>
      <Button
        disabled={metric === null}
        onClick={() => saveFile("curves.csv", curvesCsv(curves, metric ?? "", full), "text/csv;charset=utf-8")}
      >
        {t("csv")}
      </Button>
      <Button
        onClick={() => saveFile("comparison.json", comparisonJson(subjects, curves, metric, full), "application/json")}
      >
        {t("json")}
      </Button>
    </>
  );
}
