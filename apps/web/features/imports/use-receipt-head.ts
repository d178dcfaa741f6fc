import type { ImportDetail, KeptReceipt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { useFormats } from "../../components/use-formats.ts";
import type { ReceiptHead } from "./receipt-markdown.ts";
import { useWarningText } from "./use-warning-text.ts";

/** What an import was and brought, and what was known before it: for the page and for a file alike. */
export function useReceiptHead({ import: one, receipt }: ImportDetail): ReceiptHead {
  const t = useTranslations("receipts.page");
  const imports = useTranslations("imports");
  const formats = useFormats();
  const warningText = useWarningText();
  const name = one.fileName ?? imports(one.template ? "columns.examples" : "columns.noFile");
  const at = formats.dateTime(one.createdAt);
  const { prompts, completions: answers, tasks, judgements, annotators } = one;
  const said = receipt?.warnings.map(warningText) ?? [];
  const left = receipt?.leftOut ? [t("leftOut", { count: receipt.counts.badRows })] : [];
  const known = [...said, ...left];
  return {
    title: name,
    facts: [
      [t("who"), one.memberName === null ? t("byNobody", { at }) : t("by", { at, name: one.memberName })],
      [
        t("read"),
        receipt && receipt.reason !== "given" ? imports(`reasons.${receipt.reason}`) : imports(`formats.${one.format}`),
      ],
      ...(receipt ? ([[t("counted"), imports("counted", countsOf(receipt))]] as const) : []),
      [t("brought"), t("new", { prompts, answers, tasks, judgements, annotators })],
      ...(receipt
        ? ([
            [
              t("columns"),
              formats.list(
                receipt.columns.map(({ path, role }) => t("column", { path, role: imports(`roles.${role}`) })),
              ),
            ],
            [t("sha256"), receipt.sha256],
          ] as const)
        : []),
    ],
    warnings: { title: t("known"), said: known.length === 0 ? [t("nothing")] : known },
  };
}

/** The counts that a sentence names. */
function countsOf({ counts }: KeptReceipt) {
  const { rows, prompts, answers, tasks, votes, ratings, others = 0 } = counts;
  return { rows, prompts, answers, tasks, votes, ratings, others };
}
