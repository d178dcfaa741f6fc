"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../button.tsx";
import { useBackCloses } from "./use-back-closes.ts";

interface DrawerProps {
  readonly title: ReactNode;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A sheet at the right edge. It takes neither the focus nor the keys, so work goes on beside it; whoever opens it
 * makes room by `padding-right` on wide screens, and on narrow ones it lies over the page until `esc`.
 */
export function Drawer({ title, open, onClose, children }: DrawerProps): ReactNode {
  const t = useTranslations("common");
  useBackCloses(open, onClose);
  if (!open) return null;
  return (
    <aside
      aria-label={typeof title === "string" ? title : undefined}
      className="fixed inset-y-0 right-0 z-30 w-[min(26rem,100vw)] overflow-y-auto border-l border-line bg-surface p-6 shadow-md motion-safe:animate-[drawer-in_var(--move)_var(--ease)] max-md:p-4"
    >
      <div className="mb-4 flex items-baseline justify-between gap-3">
        <h2 className="text-lg">{title}</h2>
        <Button variant="ghost" shortcut="Escape" className="flex-row-reverse" onClick={onClose}>
          {t("close")}
        </Button>
      </div>
      {children}
    </aside>
  );
}
