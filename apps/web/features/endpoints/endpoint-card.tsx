"use client";
import type { EndpointView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { useHasRole } from "../session/signed-in.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";

/** One endpoint: where it is, what may be asked of it, what was spent. */
export function EndpointCard({ endpoint }: { readonly endpoint: EndpointView }): ReactNode {
  const t = useTranslations("endpoints");
  const formats = useFormats();
  const admin = useHasRole("admin");
  const { name, baseUrl, model, hasKey, limits, spent, runsUnderWay } = endpoint;
  const { atOnce, perMinute, tokens, money, promptPrice, currency } = limits;
  const facts = [
    t("facts.atOnce", { count: atOnce }),
    ...(perMinute === null ? [] : [t("facts.perMinute", { count: perMinute })]),
    t(hasKey ? "facts.key" : "facts.noKey"),
    ...(runsUnderWay === 0 ? [] : [t("facts.runs", { count: runsUnderWay })]),
  ];
  const spentTokens =
    tokens === null
      ? t("spent.tokens", { spent: spent.tokens })
      : t("spent.tokensOf", { spent: spent.tokens, budget: tokens });
  const amount = (value: number) => `${formats.number(Math.ceil(value * 100) / 100)} ${currency}`;
  const spentMoney =
    money === null
      ? t("spent.money", { spent: amount(spent.money) })
      : t("spent.moneyOf", { spent: amount(spent.money), budget: amount(money) });
  return (
    <Card title={<span className="[overflow-wrap:anywhere]">{name}</span>}>
      <div className="grid gap-2">
        <p className="[overflow-wrap:anywhere]">
          {model} <code className="text-xs break-all text-ink-2">{baseUrl}</code>
        </p>
        <p className="text-ink-2">{facts.join(" · ")}</p>
        <p className="text-ink-2">
          {spentTokens}
          {promptPrice === null ? "" : ` · ${spentMoney}`}
        </p>
        {admin ? <EndpointActions endpoint={endpoint} /> : null}
      </div>
    </Card>
  );
}
