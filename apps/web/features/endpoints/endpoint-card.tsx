"use client";
import type { EndpointView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { EndpointActions } from "./endpoint-actions.tsx";
import { EndpointSpent } from "./endpoint-spent.tsx";

/** One endpoint: where it is, what may be asked of it, what was spent. */
export function EndpointCard({ endpoint }: { readonly endpoint: EndpointView }): ReactNode {
  const t = useTranslations("endpoints");
  const admin = useHasRole("admin");
  const { name, baseUrl, model, hasKey, limits, runsUnderWay } = endpoint;
  const { atOnce, perMinute } = limits;
  const facts = [
    t("facts.atOnce", { count: atOnce }),
    ...(perMinute === null ? [] : [t("facts.perMinute", { count: perMinute })]),
    t(hasKey ? "facts.key" : "facts.noKey"),
    ...(runsUnderWay === 0 ? [] : [t("facts.runs", { count: runsUnderWay })]),
  ];
  return (
    <Card title={<span className="[overflow-wrap:anywhere]">{name}</span>}>
      <div className="grid gap-2">
        <p className="[overflow-wrap:anywhere]">
          {model} <code className="text-xs break-all text-ink-2">{baseUrl}</code>
        </p>
        <p className="text-ink-2">{facts.join(" · ")}</p>
        <p className="text-ink-2">
          <EndpointSpent endpoint={endpoint} />
        </p>
        {admin ? <EndpointActions endpoint={endpoint} /> : null}
      </div>
    </Card>
  );
}
