import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** That the task comes from this browser and not from the server, and what becomes of an answer to it. */
export function KeptHere({ endsAt }: { readonly endsAt: number | undefined }): ReactNode {
  const t = useTranslations("workbench.keptHere");
  const ended = endsAt !== undefined && endsAt < Date.now();
  return (
    <p role="status" className="workbench-page pt-3 text-xs text-ink-2">
      {t(ended ? "ended" : "held")}
    </p>
  );
}
