"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useSyncExternalStore } from "react";
import { otherVersion } from "../../api/other-version.ts";
import { Button } from "../../components/button.tsx";

/** The page has outlived an update of the server. It goes on, but may show newer things wrongly, and says so. */
export function NewVersion(): ReactNode {
  const t = useTranslations("shell.newVersion");
  const met = useSyncExternalStore(otherVersion.subscribe, otherVersion.read, () => false);
  return (
    // Over the bar, never over the task or its scale.
    <div role="status" className="fixed top-2 left-1/2 z-50 w-max max-w-[calc(100vw-1rem)] -translate-x-1/2">
      {met ? (
        <div className="flex items-center gap-2 rounded-lg border border-line bg-surface py-1 pr-1 pl-4 shadow-md">
          <span>{t("text")}</span>
          <Button onClick={() => window.location.reload()}>{t("reload")}</Button>
          <Button variant="ghost" onClick={() => otherVersion.tell(false)}>
            {t("later")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
