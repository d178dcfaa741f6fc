"use client";
import { ImportFormat, type ImportReceipt, mappingOf, type ReceiptQuery } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field, Select } from "../../components/forms/field.tsx";
import { AdvancedMapping } from "./advanced-mapping.tsx";
import { readingOf } from "./receipt-choices.ts";

interface Props {
  readonly receipt: ImportReceipt;
  /** Names of the questionnaires that the project has. */
  readonly questionnaires: readonly string[];
  readonly disabled: boolean;
  readonly onRead: (query: ReceiptQuery) => void;
}

/** What people are asked about the rows, and, folded away, as what the file is read. Each change asks for a new receipt. */
export function ReceiptReading({ receipt, questionnaires, disabled, onRead }: Props): ReactNode {
  const t = useTranslations("imports");
  const { format, mapping, question } = receipt;
  const readAs = (chosen: ImportFormat | undefined): void => {
    if (chosen === "columns") onRead({ format: chosen, mapping: JSON.stringify(mapping ?? mappingOf(receipt, [])) });
    else if (chosen) onRead({ format: chosen });
  };
  return (
    <>
      <Field label={t("question")}>
        <Select value={question} onChange={(event) => onRead({ ...readingOf(receipt), question: event.target.value })}>
          {/* The receipt's own may have come since the page was loaded. */}
          {[...new Set([...questionnaires, question])].map((name) => (
            <option key={name} value={name}>
              {name === "preference" || name === "rating" ? t(`questions.${name}`) : t("questions.own", { name })}
            </option>
          ))}
        </Select>
      </Field>
      <details>
        <summary className="text-ink-2">{t("advanced")}</summary>
        <div className="mt-2 grid gap-3">
          <Field label={t("format")} hint={t(`about.${format}`)}>
            <Select
              value={format}
              onChange={(event) => readAs(ImportFormat.options.find((one) => one === event.target.value))}
            >
              {ImportFormat.options.map((one) => (
                <option key={one} value={one}>
                  {t(`formats.${one}`)}
                </option>
              ))}
            </Select>
          </Field>
          {mapping ? (
            <AdvancedMapping
              key={receipt.digest}
              mapping={mapping}
              disabled={disabled}
              onRead={(text) => onRead({ format: "columns", mapping: text })}
            />
          ) : null}
        </div>
      </details>
    </>
  );
}
