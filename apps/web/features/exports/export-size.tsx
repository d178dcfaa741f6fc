"use client";
import { useQuery } from "@tanstack/react-query";
import type { LeftOutCounts, RecordFormat } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryView } from "../../components/query-view.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { exportCountsQuery } from "./export-queries.ts";
import { whyEmpty } from "./why-empty.ts";

interface Props {
  readonly projectId: string;
  readonly format: RecordFormat;
  readonly includeSimulated: boolean;
}

/** How many rows the file will have, said before it is downloaded; for none also why. */
export function ExportSize({ projectId, format, includeSimulated }: Props): ReactNode {
  const t = useTranslations("exports");
  const leftOut = useTranslations("leftOut");
  const formats = useFormats();
  const leftOutWords = (found: LeftOutCounts): string =>
    t("leftOut", {
      count: found.reduce((sum, { judgements }) => sum + judgements, 0),
      reasons: formats.list(
        found.map(({ reason, judgements }) => `${leftOut(`reasons.${reason}`)} (${formats.number(judgements)})`),
      ),
    });
  const query = useQuery(exportCountsQuery(projectId, includeSimulated));
  return (
    <QueryView query={query}>
      {(counts) => {
        const reason = whyEmpty(counts, format);
        return (
          <p role="status" className="max-w-read font-medium">
            {t("rows", { count: counts.rows[format] })}
            {reason === null ? null : ` ${t(`empty.${reason}`)}`}
            {reason === null && format === "trl-preference" && counts.ties > 0
              ? ` ${t("tiesLeftOut", { count: counts.ties })}`
              : null}
            {format !== "judgements" && counts.withoutText > 0 && reason !== "withoutText"
              ? ` ${t("withoutTextLeftOut", { count: counts.withoutText })}`
              : null}
            {counts.leftOut.length > 0 ? ` ${leftOutWords(counts.leftOut)}` : null}
            {format === "judgements" && counts.skips > 0 ? ` ${t("skips", { count: counts.skips })}` : null}
            {format === "judgements" && counts.blind > 0 ? ` ${t("blind", { count: counts.blind })}` : null}
          </p>
        );
      }}
    </QueryView>
  );
}
