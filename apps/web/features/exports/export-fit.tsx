"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryView } from "../../components/query-view.tsx";
import type { ChosenExport } from "./asked-export.ts";
import { exportFitQuery } from "./export-queries.ts";

interface Props {
  readonly projectId: string;
  readonly asked: ChosenExport;
}

/** How many rows the file will have, and what of the judgements its format can't hold, by reason. */
export function ExportFit({ projectId, asked }: Props): ReactNode {
  const t = useTranslations("exports");
  const query = useQuery(exportFitQuery(projectId, asked));
  return (
    <QueryView query={query}>
      {({ rows, contradicted, leftOut }) => (
        <div role="status" className="grid max-w-read gap-1">
          <p className="font-medium">
            {t("rows", { count: rows })}
            {rows === 0 && leftOut.length > 0 ? ` ${t("empty.notHeld")}` : null}
            {contradicted > 0 ? ` ${t("contradicted", { count: contradicted })}` : null}
          </p>
          {leftOut.length > 0 ? (
            <>
              <p>{t("notHeld")}</p>
              <ul className="list-disc ps-5 text-ink-2">
                {leftOut.map(({ reason, count }) => (
                  <li key={reason}>{t(`reasons.${reason}`, { count })}</li>
                ))}
              </ul>
            </>
          ) : null}
        </div>
      )}
    </QueryView>
  );
}
