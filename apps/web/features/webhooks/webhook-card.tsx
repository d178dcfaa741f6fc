"use client";
import type { WebhookView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Moment } from "../../components/moment.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { DeleteWebhook } from "./delete-webhook.tsx";
import { DeliveryLog } from "./delivery-log.tsx";
import { keyOf } from "./event-boxes.tsx";
import { WebhookActions } from "./webhook-actions.tsx";

/** One address: what it is told of, how that goes, and what was sent to it. */
export function WebhookCard({ webhook }: { readonly webhook: WebhookView }): ReactNode {
  const t = useTranslations("webhooks");
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const host = new URL(webhook.url).host;
  const events = webhook.events.map((event) => t(`kinds.${keyOf(event)}`));
  return (
    <Card title={<span className="[overflow-wrap:anywhere]">{host}</span>}>
      <div className="grid gap-3">
        <code className="text-xs break-all text-ink-2">{webhook.url}</code>
        <p className="text-ink-2">{formats.list(events)}</p>
        <Standing webhook={webhook} />
        <div className="flex flex-wrap items-start gap-2">
          <UnlessArchived projectId={webhook.projectId} quiet>
            <WebhookActions webhook={webhook} />
          </UnlessArchived>
          <DeleteWebhook webhook={webhook} />
        </div>
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="cursor-pointer py-1.5 font-medium">{t("log.title")}</summary>
          {open ? <DeliveryLog webhook={webhook} /> : null}
        </details>
      </div>
    </Card>
  );
}

/** Whether something arrives, and if not since when. */
function Standing({ webhook }: { readonly webhook: WebhookView }): ReactNode {
  const t = useTranslations("webhooks.standing");
  const { off, failingSince, deliveredAt, waiting } = webhook;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm text-ink-2">
      {off ? (
        <span className="flex items-baseline gap-1.5">
          <i aria-hidden="true" className="mark" data-state={off.because === "person" ? "waiting" : "attention"} />
          <span>
            {t(`off.${off.because}`)} <Moment at={off.since} />
          </span>
        </span>
      ) : null}
      {failingSince === null ? null : (
        <span className="flex items-baseline gap-1.5 text-warn">
          <i aria-hidden="true" className="mark" data-state="attention" />
          <span>
            {t("failing")} <Moment at={failingSince} />
          </span>
        </span>
      )}
      <span>
        {deliveredAt === null ? (
          t("never")
        ) : (
          <>
            {t("arrived")} <Moment at={deliveredAt} />
          </>
        )}
      </span>
      {waiting === 0 ? null : <span>{t("waiting", { count: waiting })}</span>}
    </p>
  );
}
