"use client";
import type { ModelStandingView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { saveFile } from "../../components/save-file.ts";
import { standingCsv } from "./standing-csv.ts";
import { useNames } from "./use-names.ts";

/** The tables as a spreadsheet reads them, and the whole answer as JSON. */
export function SaveStanding({ standing }: { readonly standing: ModelStandingView }): ReactNode {
  const t = useTranslations("standing.save");
  const nameOf = useNames(standing);
  if (standing.groups.length === 0) return null;
  return (
    <>
      <Button onClick={() => saveFile("models.csv", standingCsv(standing, nameOf), "text/csv;charset=utf-8")}>
        {t("csv")}
      </Button>
      <Button onClick={() => saveFile("models.json", `${JSON.stringify(standing, null, 2)}\n`, "application/json")}>
        {t("json")}
      </Button>
    </>
  );
}
