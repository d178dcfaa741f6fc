"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { useFormats } from "../../components/use-formats.ts";

/** By when something is wanted; past it, that it is overdue. */
export function Due({ at }: { readonly at: string }): ReactNode {
  const t = useTranslations("work");
  const formats = useFormats();
  const text = t(isOverdue(at) ? "overdue" : "due", { at: formats.dateTime(at) });
  return (
    <time dateTime={at} title={at} suppressHydrationWarning>
      {isOverdue(at) ? <Chip state="attention">{text}</Chip> : <span className="text-ink-3">{text}</span>}
    </time>
  );
}

export const isOverdue = (at: string): boolean => new Date(at).getTime() < Date.now();
