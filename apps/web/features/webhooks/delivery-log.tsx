"use client";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { WebhookDeliveryView, WebhookView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { DeliveryOutcome } from "./delivery-outcome.tsx";
import { deliveriesQuery, forgetWebhooks } from "./webhook-queries.ts";

/** What was sent to an address or waits to be, newest first. */
export function DeliveryLog({ webhook }: { readonly webhook: WebhookView }): ReactNode {
  const t = useTranslations("webhooks.log");
  const log = useInfiniteQuery(deliveriesQuery(webhook));
  return (
    <QueryView query={log}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <p className="py-2 text-ink-3">{t("empty")}</p>;
        return (
          <div className="grid gap-2">
            <ul className="grid divide-y divide-line">
              {items.map((delivery) => (
                <Delivery key={delivery.id} webhook={webhook} delivery={delivery} />
              ))}
            </ul>
            <MoreButton query={log} />
          </div>
        );
      }}
    </QueryView>
  );
}

interface DeliveryProps {
  readonly webhook: WebhookView;
  readonly delivery: WebhookDeliveryView;
}

function Delivery({ webhook, delivery }: DeliveryProps): ReactNode {
  const t = useTranslations("webhooks.log");
  const { type, attempts, nextAt, createdAt } = delivery;
  return (
    <li className="grid gap-1 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <code className="text-sm">{type}</code>
        <span className="text-xs text-ink-3">
          <Moment at={createdAt} />
        </span>
        <span className="text-xs text-ink-3">{t("attempts", { count: attempts })}</span>
        {nextAt === null ? null : (
          <span className="text-xs text-ink-3">
            {t("next")} <Moment at={nextAt} />
          </span>
        )}
        <span className="ml-auto">
          <UnlessArchived projectId={webhook.projectId} quiet>
            <SendAgain webhook={webhook} delivery={delivery} />
          </UnlessArchived>
        </span>
      </div>
      <DeliveryOutcome delivery={delivery} />
    </li>
  );
}

function SendAgain({ webhook: { id, projectId, off }, delivery }: DeliveryProps): ReactNode {
  const t = useTranslations("webhooks.log");
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => api.sendWebhookAgain({ params: { id, deliveryId: delivery.id } }),
    onSettled: () => forgetWebhooks(client, projectId),
  });
  return (
    <>
      <Button variant="ghost" disabled={off !== null} pending={again.isPending} onClick={() => again.mutate()}>
        {t("again")}
      </Button>
      <FormProblem problem={again.error} />
    </>
  );
}
