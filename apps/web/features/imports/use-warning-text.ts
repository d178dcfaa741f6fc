import type { PersonalDataKind, ReceiptWarning } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { placedIssueText, warningBlanks } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { useFormats } from "../../components/use-formats.ts";

/** Says a warning of a receipt in the page's language, with the lines that it is about. */
export function useWarningText(): (warning: ReceiptWarning) => string {
  const t = useTranslations("imports.warnings");
  const kind = useTranslations("receipts.kinds");
  const formats = useFormats();
  const say = useIssueMessages();
  return ({ code, values, lines, issue }) => {
    const where =
      lines.length > 0 ? ` ${t("lines", { lines: formats.list(lines.map((line) => formats.number(line))) })}` : "";
    const message = issue ? { message: placedIssueText(issue, say) } : {};
    const kinds = String(values.kinds ?? "")
      .split(", ")
      .filter(isPersonal);
    const named = kinds.length > 0 ? { kinds: formats.list(kinds.map((one) => kind(one))) } : {};
    return `${t(code, { ...warningBlanks, ...values, ...message, ...named })}${where}`;
  };
}

/** Each of them, so that none that is found goes unsaid. */
const personalKinds: Readonly<Record<PersonalDataKind, true>> = {
  ...{ credentials: true, email: true, iban: true, identity: true, card: true, phone: true, ip: true },
};

const isPersonal = (kind: string): kind is PersonalDataKind => Object.hasOwn(personalKinds, kind);
