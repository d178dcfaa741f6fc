"use client";
import type { CardBin } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

/** In the drawing's own units; the page scales it as a whole. */
const size = { width: 320, height: 220, left: 40, right: 10, top: 8, bottom: 38 };
const confidences = [0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;
const shares = [0, 0.25, 0.5, 0.75, 1] as const;
/** Radii of the dots of the bin of fewest and of most pairs. */
const radius = { least: 2.5, most: 7 };

const x = (confidence: number) => size.left + ((confidence - 0.5) / 0.5) * (size.width - size.left - size.right);
const y = (share: number) => size.top + (1 - share) * (size.height - size.top - size.bottom);

/** How often the model is right by how sure it is; a dot's area goes with its number of pairs, its bar is the interval. */
export function ReliabilityDiagram({ bins }: { readonly bins: readonly CardBin[] }): ReactNode {
  const t = useTranslations("reportCard.calibration");
  const formats = useFormats();
  const most = Math.max(...bins.map(({ pairs }) => pairs));
  const words = bins.map(({ from, to, pairs, accuracy }) =>
    t("bin", {
      from: formats.share(from),
      to: formats.share(to),
      share: formats.share(accuracy.value, 1),
      pairs,
    }),
  );
  return (
    <figure className="grid w-full max-w-md gap-2">
      <svg
        viewBox={`0 0 ${size.width} ${size.height}`}
        role="img"
        aria-label={`${t("diagram")}. ${words.join("; ")}`}
        className="w-full text-ink-3"
      >
        {shares.map((share) => (
          <g key={share}>
            <line x1={x(0.5)} x2={x(1)} y1={y(share)} y2={y(share)} stroke="var(--line)" />
            <text x={size.left - 6} y={y(share) + 3} textAnchor="end" fontSize={9} fill="currentColor">
              {formats.share(share)}
            </text>
          </g>
        ))}
        {confidences.map((confidence) => (
          <text
            key={confidence}
            x={x(confidence)}
            y={size.height - size.bottom + 13}
            textAnchor={confidence === 1 ? "end" : "middle"}
            fontSize={9}
            fill="currentColor"
          >
            {formats.share(confidence)}
          </text>
        ))}
        <text x={(x(0.5) + x(1)) / 2} y={size.height - 6} textAnchor="middle" fontSize={10} fill="var(--ink-2)">
          {t("confidence")} →
        </text>
        <line x1={x(0.5)} y1={y(0.5)} x2={x(1)} y2={y(1)} stroke="var(--line-strong)" strokeDasharray="3 3" />
        {bins.map(({ from, confidence, pairs, accuracy: { value, low, high } }) => (
          <g key={from}>
            {low === null || high === null ? null : (
              <line
                x1={x(confidence)}
                x2={x(confidence)}
                y1={y(low)}
                y2={y(high)}
                stroke="var(--accent)"
                strokeWidth={3}
                strokeLinecap="round"
                opacity={0.38}
              />
            )}
            <circle
              cx={x(confidence)}
              cy={y(value)}
              r={radius.least + (radius.most - radius.least) * Math.sqrt(pairs / most)}
              fill="var(--accent)"
            />
          </g>
        ))}
      </svg>
      <figcaption className="text-xs text-ink-3">↑ {t("right")}</figcaption>
    </figure>
  );
}
