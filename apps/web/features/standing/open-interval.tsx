"use client";
import type { OpenEstimate } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

interface OpenIntervalProps {
  readonly estimate: OpenEstimate;
  /** `share` writes 0.583 as 58.3%; `number` leaves it. */
  readonly as: "share" | "number";
}

/** An estimate in figures with its interval; an end that nothing sets is “…”. */
export function OpenInterval({ estimate: { value, low, high }, as }: OpenIntervalProps): ReactNode {
  const formats = useFormats();
  const places = as === "share" ? 1 : 2;
  const bare = (one: number | null): string =>
    one === null ? "…" : formats.number(as === "share" ? one * 100 : one, places);
  return (
    <span className="whitespace-nowrap">
      {as === "share" ? formats.share(value, places) : bare(value)}{" "}
      <span className="text-ink-3">
        [{bare(low)}, {bare(high)}]
      </span>
    </span>
  );
}
