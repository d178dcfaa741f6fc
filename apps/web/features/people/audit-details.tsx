import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { auditDetailViews } from "./audit-detail.ts";
import { useAuditWords } from "./use-audit-words.ts";

/** What the log tells of an act, each figure and word by its name. */
export function AuditDetails({ detail }: { readonly detail: Readonly<Record<string, unknown>> }): ReactNode {
  const t = useTranslations("people.audit.details");
  const told = auditDetailViews(detail, useAuditWords());
  return (
    <ul className="flex flex-wrap gap-x-3 text-xs text-ink-2 [overflow-wrap:anywhere]">
      {told.map(({ label, value, whole }) => (
        <li key={label} title={whole}>
          {t("pair", { label, value })}
        </li>
      ))}
    </ul>
  );
}
