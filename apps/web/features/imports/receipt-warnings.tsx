"use client";
import type { ImportReceipt, ReceiptWarning } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { issueText, placedIssueText } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { useFormats } from "../../components/use-formats.ts";

/** What would be lost, was assumed, or stands against an import, most serious first. */
export function ReceiptWarnings({ receipt }: { readonly receipt: ImportReceipt }): ReactNode {
  const t = useTranslations("imports");
  const unused = receipt.warnings.filter(({ code }) => code === "unusedColumn");
  const others = receipt.warnings.filter(({ code }) => code !== "unusedColumn");
  const order = ["stop", "confirm", "note"] as const;
  const sorted = order.flatMap((weight) => others.filter((warning) => warning.weight === weight));
  return (
    <div aria-live="polite">
      {receipt.warnings.length === 0 ? <Chip state="ok">{t("nothingLost")}</Chip> : null}
      <ul aria-label={t("warningsLabel")} className="grid gap-1">
        {sorted.map((warning) => (
          <li key={`${warning.code} ${warning.values.field ?? ""} ${warning.values.column ?? ""}`}>
            <Warning warning={warning} />
          </li>
        ))}
        {unused.length > 0 ? (
          <li>
            <Unused columns={unused.map(({ values }) => String(values.column))} />
          </li>
        ) : null}
      </ul>
      <BadRows receipt={receipt} />
    </div>
  );
}

function Warning({ warning }: { readonly warning: ReceiptWarning }): ReactNode {
  const t = useTranslations("imports.warnings");
  const formats = useFormats();
  const say = useIssueMessages();
  const { code, weight, lines, issue } = warning;
  const values = issue ? { ...warning.values, message: placedIssueText(issue, say) } : warning.values;
  const where = lines.length > 0 ? t("lines", { lines: formats.list(lines.map((line) => formats.number(line))) }) : "";
  return (
    <Chip state={weight === "note" ? "rest" : "attention"} className="items-baseline">
      <span>
        {t(code, {
          column: "",
          field: "",
          nearest: "",
          known: "",
          count: 0,
          values: "",
          message: "",
          name: "",
          encoding: "",
          ...values,
        })}{" "}
        {where}
      </span>
    </Chip>
  );
}

function Unused({ columns }: { readonly columns: readonly string[] }): ReactNode {
  const t = useTranslations("imports.warnings");
  const formats = useFormats();
  return (
    <Chip state="attention" className="items-baseline">
      <span className="break-words">
        {t("unusedColumn", { count: columns.length, columns: formats.list(columns) })}
      </span>
    </Chip>
  );
}

function BadRows({ receipt }: { readonly receipt: ImportReceipt }): ReactNode {
  const t = useTranslations("imports");
  const say = useIssueMessages();
  if (receipt.badRows.length === 0) return null;
  return (
    <details className="mt-1 text-xs text-ink-2">
      <summary>{t("badRowsShown", { shown: receipt.badRows.length, count: receipt.counts.badRows })}</summary>
      <ul className="mt-1 grid gap-0.5 pl-4">
        {receipt.badRows.map(({ line, field, ...issue }) => (
          <li key={line}>
            {field === null ? t("badLine", { line }) : t("badField", { line, field })} {issueText(issue, say)}
          </li>
        ))}
      </ul>
    </details>
  );
}
