"use client";
import type { ArchiveContents } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

/** What an archive holds, in numbers, and which files are not in it though rows name them. */
export function ArchiveContentsFacts({ contents }: { readonly contents: ArchiveContents }): ReactNode {
  const t = useTranslations("projects.archive");
  const formats = useFormats();
  const { tables, media, models, missing, missingFiles } = contents;
  const counts = [
    ["prompts", tables.prompt],
    ["judgements", tables.judgement],
    ["people", tables.member],
    ["labelSets", tables.label_set],
    ["media", media],
    ["models", tables.model_version],
  ] as const;
  const facts = counts.flatMap(([key, count = 0]) =>
    count === 0 ? [] : [t(`contents.${key}`, { count, files: models })],
  );
  return (
    <>
      <p className="text-sm text-ink-2">{formats.list(facts)}</p>
      {missingFiles > 0 ? (
        <div className="text-sm text-warn">
          <p>{t("missing", { count: missingFiles })}</p>
          <ul className="pt-1 font-mono text-xs break-all">
            {missing.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
