import type { EndpointView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

/** What was spent of an endpoint's budget: in tokens, and in money where it has prices. */
export function EndpointSpent({ endpoint: { limits, spent } }: { readonly endpoint: EndpointView }): ReactNode {
  const t = useTranslations("endpoints.spent");
  const formats = useFormats();
  const { tokens, money, promptPrice, currency } = limits;
  const amount = (value: number) => `${formats.number(Math.ceil(value * 100) / 100)} ${currency}`;
  const spentTokens =
    tokens === null ? t("tokens", { spent: spent.tokens }) : t("tokensOf", { spent: spent.tokens, budget: tokens });
  const spentMoney =
    money === null
      ? t("money", { spent: amount(spent.money) })
      : t("moneyOf", { spent: amount(spent.money), budget: amount(money) });
  return `${spentTokens}${promptPrice === null ? "" : ` · ${spentMoney}`}`;
}
