"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { classNames } from "../../components/class-names.ts";
import { Field, Input } from "../../components/forms/field.tsx";

/** A file by click, by keyboard or dropped anywhere on the panel. */
export function DropFile({ onFile }: { readonly onFile: (file: File) => void }): ReactNode {
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
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      <Field label={t("file")} hint={t("fileHint")}>
        <Input
          type="file"
          accept=".jsonl,.ndjson,.json,.csv,.tsv,.txt,.gz"
          className="py-1"
          // The same file chosen again is read again: it may have changed.
          onClick={(event) => {
            event.currentTarget.value = "";
          }}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) onFile(file);
          }}
        />
      </Field>
    </fieldset>
  );
}
