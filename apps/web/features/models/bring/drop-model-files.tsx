"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DropZone } from "../../../components/forms/drop-zone.tsx";
import { Field } from "../../../components/forms/field.tsx";
import { FileInput } from "../../../components/forms/file-input.tsx";

/** All files of a model at once, or one after another. */
export function DropModelFiles({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }): ReactNode {
  const t = useTranslations("models.bring");
  return (
    <DropZone onFiles={onFiles}>
      <Field label={t("files")} hint={t("filesHint")}>
        <FileInput multiple onFiles={onFiles} />
      </Field>
    </DropZone>
  );
}
