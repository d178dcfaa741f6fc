import type { CardFigure } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { useFormats } from "../../components/use-formats.ts";

interface CardEstimateProps {
  readonly figure: CardFigure;
  readonly as?: "share" | "number";
  readonly digits?: number;
}

/** A figure with its interval; alone where one prompt has none. */
export function CardEstimate({ figure, as = "share", digits = as === "share" ? 1 : 3 }: CardEstimateProps): ReactNode {
  const formats = useFormats();
  const { value, low, high } = figure;
  if (low !== null && high !== null) return <Estimate estimate={{ value, low, high }} as={as} digits={digits} />;
  return as === "share" ? formats.share(value, digits) : formats.number(value, digits);
}

interface CardStreakProps {
  readonly figure: CardFigure;
  readonly quiet?: boolean;
  readonly mark?: number;
}

/** The same from 0 to 1 as a streak; one without an interval is its dot alone. */
export function CardStreak({ figure: { value, low, high }, ...rest }: CardStreakProps): ReactNode {
  return <Interval estimate={{ value, low: low ?? value, high: high ?? value }} from={0} to={1} {...rest} />;
}
