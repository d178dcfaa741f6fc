import { type SkipReason, skipReasons } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { focusDesk } from "../state/focus-desk.ts";

/** Whoever has seen the task says something else of it. */
const askedReasons = skipReasons.filter((reason) => reason !== "sensitive");

/** Why the last task was skipped. Nobody has to say; the keys of the next task work meanwhile. */
export function SkipReasonChoice({ onReason }: { readonly onReason: (reason: SkipReason) => void }): ReactNode {
  const t = useTranslations("workbench.skipReasons");
  return (
    <select
      aria-label={t("ask")}
      value=""
      onChange={(event) => {
        const reason = skipReasons.find((one) => one === event.currentTarget.value);
        if (reason) onReason(reason);
        focusDesk();
      }}
      className="h-7 min-w-0 rounded-md border border-line bg-surface px-1.5 max-md:h-(--control-touch)"
    >
      <option value="">{t("ask")}</option>
      {askedReasons.map((reason) => (
        <option key={reason} value={reason}>
          {t(reason)}
        </option>
      ))}
    </select>
  );
}
