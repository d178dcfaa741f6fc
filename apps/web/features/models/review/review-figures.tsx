"use client";
import type { EvaluationView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Estimate, Interval } from "../../../components/figures/interval.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { codeOfModel } from "../model-name.ts";
import type { Measured, ReviewVerdict, VerdictProps } from "./review-verdict.ts";

/** What the sentence rests on: estimates with their intervals, and of how much. */
export function ReviewFigures({ review, verdict }: VerdictProps): ReactNode {
  const t = useTranslations("models.review");
  const { model, against, project } = review;
  const names = { own: codeOfModel(model), other: against === null ? "" : codeOfModel(against) };
  switch (verdict.kind) {
    case "waiting":
      return <Judged evaluation={verdict.evaluation} />;
    case "compared":
      return (
        <div className="grid max-w-read gap-1.5">
          <Row name={t("preferred", names)} value={<Estimate estimate={verdict.rate} as="share" />} />
          <Interval estimate={verdict.rate} from={0} to={1} mark={0.5} />
          <Judged evaluation={verdict.evaluation} />
        </div>
      );
    case "measured":
      return <MeasuredFigures verdict={verdict} {...names} />;
    case "uncompared":
      if (project === null) return null;
      return (
        <p>
          <TextLink href={`/projects/${project.id}/evaluations`}>{t("compareBlind")}</TextLink>
        </p>
      );
    default:
      return null;
  }
}

/** How many people's judgements a comparison has, and where they are looked into. */
function Judged({ evaluation }: { readonly evaluation: EvaluationView }): ReactNode {
  const t = useTranslations("models.review");
  return (
    <p className="flex max-w-read flex-wrap gap-x-3 text-xs text-ink-3">
      <span>{t("blind", { judgements: evaluation.judgements, prompts: evaluation.prompts.judged })}</span>
      {evaluation.simulated ? <span className="text-warn">{t("simulated")}</span> : null}
      <TextLink href={`/evaluations/${evaluation.id}`}>{t("open")}</TextLink>
    </p>
  );
}

interface MeasuredFiguresProps {
  readonly verdict: Extract<ReviewVerdict, { kind: "measured" }>;
  readonly own: string;
  readonly other: string;
}

/** Two reward models, each on what was held out from it. */
function MeasuredFigures({ verdict, own, other }: MeasuredFiguresProps): ReactNode {
  const t = useTranslations("models.review");
  const formats = useFormats();
  const isShare = verdict.own.kind === "agreement";
  const name = (code: string, { count }: Measured) =>
    t(isShare ? "agreement" : "error", { code, count: formats.number(count) });
  const difference = verdict.own.estimate.value - verdict.other.estimate.value;
  const size = Math.abs(difference);
  const written = isShare ? formats.share(size, 1) : formats.number(size, 3);
  return (
    <div className="grid max-w-read gap-1.5">
      <MeasuredRow name={name(own, verdict.own)} measured={verdict.own} />
      <MeasuredRow name={name(other, verdict.other)} measured={verdict.other} quiet />
      {verdict.outcome === "otherRows" ? null : (
        <p className="text-xs text-ink-3">{t("difference", { value: `${difference < 0 ? "−" : "+"}${written}` })}</p>
      )}
    </div>
  );
}

interface MeasuredRowProps {
  readonly name: string;
  readonly measured: Measured;
  readonly quiet?: boolean;
}

function MeasuredRow({ name, measured, quiet = false }: MeasuredRowProps): ReactNode {
  const formats = useFormats();
  const { value, low, high } = measured.estimate;
  const [as, digits] = measured.kind === "agreement" ? (["share", 1] as const) : (["number", 3] as const);
  if (low === null) return <Row name={name} value={formats[as](value, digits)} />;
  const estimate = { value, low, high };
  return (
    <>
      <Row name={name} value={<Estimate estimate={estimate} as={as} digits={digits} />} />
      <Interval estimate={estimate} from={0} to={1} quiet={quiet} />
    </>
  );
}

function Row({ name, value }: { readonly name: string; readonly value: ReactNode }): ReactNode {
  return (
    <p className="flex flex-wrap items-baseline justify-between gap-x-4">
      <span className="text-ink-2">{name}</span>
      <span className="tabular-nums">{value}</span>
    </p>
  );
}
