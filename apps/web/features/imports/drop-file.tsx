"use client";
import { mediaTypeNames, mediaTypes } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { classNames } from "../../components/class-names.ts";
import { Field } from "../../components/forms/field.tsx";
import { FileInput } from "../../components/forms/file-input.tsx";

const mediaEndings = mediaTypeNames
  .flatMap((type): readonly string[] => mediaTypes[type].endings)
  .map((ending) => `.${ending}`)
  .join(",");

/** Files by click, by keyboard or dropped anywhere on the panel: that of the rows, and pictures and sounds that they name. */
export function DropFile({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  const t = useTranslations("imports");
  const [over, setOver] = useState(false);
  return (
    // The control's own group: dropping is a convenience beside the control, which everybody can reach.
    <fieldset
      className={classNames(
        "min-w-0 rounded-lg border border-dashed p-3",
        over ? "border-accent bg-sunken" : "border-line-strong",
      )}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <Field label={t("file")} hint={t("fileHint")}>
        <FileInput
          multiple
          accept={`.jsonl,.ndjson,.json,.csv,.tsv,.txt,.gz,.zip,.parquet,${mediaEndings}`}
          onFiles={onFiles}
        />
      </Field>
    </fieldset>
  );
}
