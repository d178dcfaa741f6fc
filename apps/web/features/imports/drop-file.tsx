"use client";
import { mediaTypeNames, mediaTypes } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DropZone } from "../../components/forms/drop-zone.tsx";
import { Field } from "../../components/forms/field.tsx";
import { FileInput } from "../../components/forms/file-input.tsx";

const mediaEndings = mediaTypeNames
  .flatMap((type): readonly string[] => mediaTypes[type].endings)
  .map((ending) => `.${ending}`)
  .join(",");

/** Files by click, by keyboard or dropped anywhere on the panel: that of the rows, and pictures and sounds that they name. */
export function DropFile({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  const t = useTranslations("imports");
  return (
    <DropZone onFiles={onFiles}>
      <Field label={t("file")} hint={t("fileHint")}>
        <FileInput
          multiple
          accept={`.jsonl,.ndjson,.json,.csv,.tsv,.txt,.gz,.zip,.parquet,${mediaEndings}`}
          onFiles={onFiles}
        />
      </Field>
    </DropZone>
  );
}
