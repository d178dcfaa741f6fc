"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { WaitingStreak } from "./figures/streak.tsx";

/** Stands where the content will start. */
export function Loading(): ReactNode {
  const t = useTranslations("common");
  return (
    <div className="py-6">
      <WaitingStreak label={t("loading")} />
    </div>
  );
}
