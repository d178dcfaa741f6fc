import { type AuditDetailKey, auditDetailKeys } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { Formats } from "../../components/formats.ts";
import { useFormats } from "../../components/use-formats.ts";
import type { AuditWords } from "./audit-detail.ts";
import { auditWord } from "./audit-word.ts";

/** The words of the page's language for what the audit log tells of an act. */
export const useAuditWords = (): AuditWords => auditWordsOf(useTranslations(), useFormats());

/** The same without React. */
export function auditWordsOf(
  t: ReturnType<typeof useTranslations<never>>,
  formats: Pick<Formats, "number" | "duration">,
): AuditWords {
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
