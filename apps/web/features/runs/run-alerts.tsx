"use client";
import type { RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

interface RunAlertsProps {
  readonly run: RunView;
  /** Where the flags are only numbers, they lead here. */
  readonly anchored?: boolean;
}

/** What the trainer had to say, in plain words; those with a step are numbered as their flags on the curves. */
export function RunAlerts({ run, anchored }: RunAlertsProps): ReactNode {
  const t = useTranslations("runs");
  if (run.alerts.length === 0) return null;
  const pinned = run.alerts.filter(({ step }) => step > 0);
  return (
    <section className="grid gap-1.5">
      <h3 className="font-medium">{t("alerts")}</h3>
      <ul className="grid gap-1.5 text-ink-2">
        {run.alerts
          .filter(({ step }) => step <= 0)
          .map(({ message }) => (
            <li key={message}>{message}</li>
          ))}
      </ul>
      <ol className="grid list-decimal gap-1.5 pl-5 text-ink-2 marker:text-warn">
        {pinned.map((alert, index) => (
          <li key={`${alert.step} ${alert.message}`} id={anchored ? `alert-${index + 1}` : undefined}>
            {t("alertAt", { step: alert.step })} {alert.message}
          </li>
        ))}
      </ol>
    </section>
  );
}
