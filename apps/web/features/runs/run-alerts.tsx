"use client";
import type { RunAlert, RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useRunWords } from "./use-run-words.ts";

interface RunAlertsProps {
  readonly run: RunView;
  /** Where the flags are only numbers, they lead here. */
  readonly anchored?: boolean;
}

/** Warnings that have a place on the curves, in the order in which they are numbered there. */
export function pinnedAlerts(run: RunView): readonly RunAlert[] {
  return run.alerts.filter(({ step, level }) => level === "warning" && step > 0);
}

/** What the trainer had to say: warnings first, numbered as their flags on the curves, then what is good to know. */
export function RunAlerts({ run, anchored }: RunAlertsProps): ReactNode {
  const t = useTranslations("runs");
  const words = useRunWords();
  const pinned = pinnedAlerts(run);
  const beforehand = run.alerts.filter(({ step, level }) => level === "warning" && step <= 0);
  const notes = run.alerts.filter(({ level }) => level === "note");
  return (
    <>
      {beforehand.length + pinned.length > 0 ? (
        <section className="grid gap-1.5">
          <h2 className="font-medium">{t("alerts")}</h2>
          <ul className="grid gap-1.5 text-ink-2 empty:hidden">
            {beforehand.map((alert) => (
              <li key={alert.message} className="flex items-baseline gap-1.5">
                <i aria-hidden="true" className="mark shrink-0 text-warn" data-state="attention" />
                {words.alert(alert)}
              </li>
            ))}
          </ul>
          <ol className="grid list-decimal empty:hidden gap-1.5 pl-5 text-ink-2 marker:text-warn">
            {pinned.map((alert, index) => (
              <li key={`${alert.step} ${alert.message}`} id={anchored ? `alert-${index + 1}` : undefined}>
                {t("alertAt", { step: alert.step })} {words.alert(alert)}
              </li>
            ))}
          </ol>
        </section>
      ) : null}
      {notes.length > 0 ? (
        <section className="grid gap-1.5">
          <h2 className="font-medium">{t("remarks")}</h2>
          <ul className="grid gap-1.5 text-ink-2">
            {notes.map((note) => (
              <li key={`${note.step} ${note.message}`}>
                {note.step > 0 ? `${t("alertAt", { step: note.step })} ` : ""}
                {words.alert(note)}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
