"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useSyncExternalStore } from "react";
import { Button } from "../button.tsx";
import { useKeys } from "../keyboard/use-keys.ts";
import { toasts } from "./toast-store.ts";

/** Bottom left, one at a time, with its undo and the key for it. Not used while labelling. */
export function Toaster(): ReactNode {
  const t = useTranslations("common");
  const toast = useSyncExternalStore(toasts.subscribe, toasts.read, () => null);
  const undo = (): void => {
    toast?.undo?.();
    toasts.hide();
  };
  useKeys(toast?.undo ? [{ key: "z", label: t("undo"), run: undo }] : []);
  return (
    <div role="status" className="fixed bottom-4 left-4 z-40 max-w-[calc(100vw-2rem)]">
      {toast ? (
        <div className="flex items-center gap-3 rounded-lg border border-line bg-surface py-2 pr-2 pl-4 shadow-md">
          <span>{toast.text}</span>
          {toast.undo ? (
            <Button variant="ghost" shortcut="z" onClick={undo}>
              {t("undo")}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
