"use client";
import type { WebhookDeliveryView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { issueText } from "../../components/forms/issue-text.ts";
import { useIssueMessages } from "../../components/forms/use-issue-messages.ts";
import { useFormats } from "../../components/use-formats.ts";

/** What became of the last attempt: the answer, or why there was none. */
export function DeliveryOutcome({ delivery }: { readonly delivery: WebhookDeliveryView }): ReactNode {
  const t = useTranslations("webhooks.log");
  const say = useIssueMessages();
  const formats = useFormats();
  const { state, status, fault, answer, durationMs } = delivery;
  const answered =
    status === null ? "" : t("answered", { status: String(status), ms: formats.number(durationMs ?? 0) });
  return (
    <div className="grid min-w-0 gap-1">
      <p className="flex items-baseline gap-1.5 text-sm">
        <i aria-hidden="true" className="mark" data-state={state === "delivered" ? "ok" : "attention"} />
        <span>
          {t(`states.${state}`)}
          {answered === "" ? "" : ` · ${answered}`}
        </span>
      </p>
      {fault ? <p className="text-sm text-warn">{issueText(fault, say)}</p> : null}
      {answer ? (
        <pre className="max-h-40 overflow-auto rounded-md bg-sunken p-2 text-xs break-all whitespace-pre-wrap">
          {answer}
        </pre>
      ) : null}
    </div>
  );
}
