import { type AuditDetailKey, auditDetailKeys } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { useFormats } from "../../components/use-formats.ts";
import type { AuditWords } from "./audit-detail.ts";
import { auditWord } from "./audit-word.ts";

/** The words of the page's language for what the audit log tells of an act. */
export function useAuditWords(): AuditWords {
  const t = useTranslations();
  const formats = useFormats();
  return {
    isKey: (key): key is AuditDetailKey => auditDetailKeys.some((known) => known === key),
    label: (key) => t(`people.audit.details.labels.${key}`),
    word(key, value) {
      const found = auditWord(key, value);
      return found && t(found);
    },
    truth: (value) => t(value ? "people.audit.details.yes" : "people.audit.details.no"),
    number: formats.number,
    duration: formats.duration,
  };
}
