"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { keyedBy } from "../../components/keyed-by.ts";
import type { ChosenExport } from "./asked-export.ts";
import { exportSampleQuery } from "./export-queries.ts";

interface Props {
  readonly projectId: string;
  readonly asked: ChosenExport;
}

/** A few lines as the file will have them; nothing where it will have none, which `ExportSize` says. */
export function ExportSample({ projectId, asked }: Props): ReactNode {
  const t = useTranslations("exports");
  const { data } = useQuery(exportSampleQuery(projectId, asked));
  if (!data || data.lines.length === 0) return null;
  return (
    <details className="rounded-lg border border-line bg-surface p-3" open>
      <summary className="font-medium">{t("sample")}</summary>
      <ol className="mt-2 grid gap-2">
        {keyedBy(data.lines, ({ text }) => text).map(({ key, item: { text, characters } }) => (
          <li key={key} className="border-t border-line pt-2 first:border-t-0">
            <code className="line-clamp-6 break-all text-xs" dir="ltr">
              {text}
            </code>
            {characters > text.length ? (
              <p className="mt-1 text-xs text-ink-3">{t("sampleCut", { count: characters })}</p>
            ) : null}
          </li>
        ))}
      </ol>
    </details>
  );
}
