import type { Estimate as EstimateValue } from "@touchstone/contracts";
import type { CSSProperties, ReactNode } from "react";
import { classNames } from "../class-names.ts";
import { useFormats } from "../use-formats.ts";
import { asPercentage } from "./streak.tsx";

interface IntervalProps {
  readonly estimate: EstimateValue;
  /** The axis: values at its left and right end. */
  readonly from: number;
  readonly to: number;
  /** Where a line marks what to compare with, such as 0.5. */
  readonly mark?: number;
  /** Grey for what serves as a yardstick. */
  readonly quiet?: boolean;
  readonly className?: string;
}

/** An estimate as a streak with a dot. The figures stand beside it (`Estimate`), so it is hidden from readers. */
export function Interval({ estimate, from, to, mark, quiet, className }: IntervalProps): ReactNode {
  const place = (value: number): string => asPercentage((value - from) / (to - from));
  const style: CSSProperties & Record<`--${string}`, string> = {
    "--v": place(estimate.value),
    "--lo": place(estimate.low),
    "--hi": place(estimate.high),
    ...(quiet ? { "--c": "var(--ink-3)" } : {}),
    ...(mark === undefined ? {} : { "--at": place(mark) }),
  };
  return (
    <div aria-hidden="true" className={classNames("interval", className)} style={style}>
      {mark === undefined ? null : <s />}
      <b />
      <em />
    </div>
  );
}

interface EstimateProps {
  readonly estimate: EstimateValue;
  /** `share` writes 0.583 as 58.3%; `number` leaves it. */
  readonly as: "share" | "number";
  readonly digits?: number;
}

/** An estimate in figures, never without its interval: `58.3% [54.9, 61.7]`. */
export function Estimate({ estimate, as, digits }: EstimateProps): ReactNode {
  const formats = useFormats();
  const places = digits ?? (as === "share" ? 1 : 2);
  const bare = (value: number): string => formats.number(as === "share" ? value * 100 : value, places);
  return (
    <span className="whitespace-nowrap">
      {as === "share" ? formats.share(estimate.value, places) : bare(estimate.value)}{" "}
      <span className="text-ink-3">
        [{bare(estimate.low)}, {bare(estimate.high)}]
      </span>
    </span>
  );
}
