"use client";
import { useQuery } from "@tanstack/react-query";
import type { RunAskedView, RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { issueText } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { QueryView } from "../../components/query-view.tsx";
import { hasEnded } from "../runs/run-state.ts";
import { runAskedQuery } from "./endpoint-queries.ts";

/** What became of all that a run asked of an endpoint: how answers ended, how long they are, why some are not there. */
export function RunAsked({ run }: { readonly run: RunView }): ReactNode {
  const asked = useQuery(runAskedQuery(run.id, !hasEnded(run.state)));
  return <QueryView query={asked}>{(data) => <Asked asked={data} />}</QueryView>;
}

function Asked({ asked }: { readonly asked: RunAskedView }): ReactNode {
  const t = useTranslations("endpoints.asked");
  const say = useIssueMessages();
  const { endpoint, wanted, answered, requests, lengths, spent, finishReasons, faults, selfNamed } = asked;
  const rows: readonly (readonly [string, string])[] = [
    [t("from"), endpoint ? `${endpoint.name} · ${endpoint.model}` : t("deleted")],
    [t("answers"), t("answersOf", { answered, wanted })],
    [t("requests"), t("count", { count: requests })],
    ...finishReasons.map(({ reason, count }) => [t("ended", { reason }), t("count", { count })] as const),
    ...(lengths ? [[t("lengths"), t("lengthsAre", lengths)] as const] : []),
    [t("spent"), t("spentIs", spent)],
    ...(spent.unknownTokens > 0 ? [[t("unknown"), t("count", { count: spent.unknownTokens })] as const] : []),
    ...(selfNamed > 0 ? [[t("selfNamed"), t("count", { count: selfNamed })] as const] : []),
  ];
  return (
    <Card title={t("title")}>
      <dl className="grid grid-cols-[minmax(8rem,auto)_1fr] gap-x-4 gap-y-1.5">
        {rows.map(([term, value]) => (
          <div key={term} className="col-span-full grid grid-cols-subgrid">
            <dt className="text-ink-2">{term}</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere] tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      {faults.length > 0 ? (
        <div className="mt-4 grid gap-1.5">
          <h3 className="font-medium">{t("faults")}</h3>
          <ul className="grid gap-1.5 text-ink-2">
            {faults.map((fault) => (
              <li key={fault.reason} className="[overflow-wrap:anywhere]">
                {t("times", { count: fault.count })} {issueText(fault, say)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Card>
  );
}
