"use client";
import type { ImportReceipt, ReceiptWarning } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { issueText } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { useFormats } from "../../components/use-formats.ts";
import { ReceiptFacts } from "./receipt-facts.tsx";
import { SameFile } from "./same-file.tsx";
import { useWarningText } from "./use-warning-text.ts";

interface ReceiptWarningsProps {
  readonly projectId: string;
  readonly receipt: ImportReceipt;
}

/** What would be lost, was assumed, or stands against an import, most serious first; folded away, all that was found. */
export function ReceiptWarnings({ projectId, receipt }: ReceiptWarningsProps): ReactNode {
  const t = useTranslations("imports");
  const found = useTranslations("receipts");
  const unused = receipt.warnings.filter(({ code }) => code === "unusedColumn");
  const there = receipt.warnings.filter(({ code }) => code === "allThere" || code === "someThere");
  const others = receipt.warnings.filter((warning) => !(unused.includes(warning) || there.includes(warning)));
  const order = ["stop", "confirm", "note"] as const;
  const sorted = order.flatMap((weight) => others.filter((warning) => warning.weight === weight));
  return (
    <div aria-live="polite">
      <SameFile projectId={projectId} there={receipt.there} />
      {receipt.warnings.length === 0 ? <Chip state="ok">{t("nothingLost")}</Chip> : null}
      <ul aria-label={t("warningsLabel")} className="grid gap-1">
        {[...there, ...sorted].map((warning) => (
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
      <details className="mt-2">
        <summary className="text-ink-2">{found("found")}</summary>
        <div className="mt-3 max-w-read">
          <ReceiptFacts findings={receipt.findings} />
        </div>
      </details>
    </div>
  );
}

function Warning({ warning }: { readonly warning: ReceiptWarning }): ReactNode {
  const text = useWarningText();
  return (
    <Chip state={warning.weight === "note" ? "rest" : "attention"} className="items-baseline">
      <span>{text(warning)}</span>
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
