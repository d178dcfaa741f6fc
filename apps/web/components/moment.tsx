"use client";
import type { ReactNode } from "react";
import { useFormats } from "./use-formats.ts";

interface MomentProps {
  readonly at: string;
  readonly as?: "date" | "day" | "dateTime";
}

/** A point in time in the reader's zone, with the exact instant for machines and on hover. */
export function Moment({ at, as = "dateTime" }: MomentProps): ReactNode {
  const formats = useFormats();
  return (
    <time dateTime={at} title={at} suppressHydrationWarning>
      {formats[as](at)}
    </time>
  );
}
