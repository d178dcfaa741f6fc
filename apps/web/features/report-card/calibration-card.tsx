"use client";
import type { CardCalibration, CardFigure, ReportCard } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CardEstimate } from "./card-estimate.tsx";
import { ReliabilityDiagram } from "./reliability-diagram.tsx";

/** Whether what the model says of its own certainty is so. */
export function CalibrationCard({ card }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.calibration");
  const { calibration, uncalibrated } = card;
  if (!calibration) {
    return (
      <Card title={t("title")}>
        <p className="text-ink-2">{t(uncalibrated ?? "none")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("title")} note={t("note")}>
      <div className="grid items-center gap-x-10 gap-y-4 md:grid-cols-2">
        <ReliabilityDiagram bins={calibration.bins} />
        <Scores calibration={calibration} />
      </div>
    </Card>
  );
}

function Scores({ calibration }: { readonly calibration: CardCalibration }): ReactNode {
  const t = useTranslations("reportCard.calibration");
  const formats = useFormats();
  const { ece, brier, logLoss, eceByChance } = calibration;
  return (
    <dl className="grid gap-1">
      <Score name={t("ece")} figure={ece} note={t("eceNote", { chance: formats.number(eceByChance, 3) })} />
      <Score name={t("brier")} figure={brier} note={t("brierNote")} />
      <Score name={t("logLoss")} figure={logLoss} note={t("logLossNote")} />
    </dl>
  );
}

interface ScoreProps {
  readonly name: string;
  readonly figure: CardFigure;
  readonly note: string;
}

function Score({ name, figure, note }: ScoreProps): ReactNode {
  return (
    <div className="flex items-baseline justify-between gap-x-4 border-b border-line py-1.5 last:border-b-0">
      <dt className="text-ink-2">
        {name} <span className="block text-xs text-ink-3">{note}</span>
      </dt>
      <dd className="tabular-nums">
        <CardEstimate figure={figure} as="number" />
      </dd>
    </div>
  );
}
