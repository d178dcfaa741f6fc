"use client";
import type { ModelReviewView, Verdict } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Interval } from "../../../components/figures/interval.tsx";
import { Field, Select } from "../../../components/forms/field.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { UnlessArchived } from "../../projects/unless-archived.tsx";
import { codeOfModel } from "../model-name.ts";
import type { ModelVerdict } from "../model-verdict.ts";
import { useModelName } from "../use-model-name.ts";
import { ModelActions } from "./model-actions.tsx";
import { type ReviewVerdict, reviewVerdict } from "./review-verdict.ts";

interface ModelReviewProps {
  readonly review: ModelReviewView;
  /** Of a model of the workspace: the project that it is asked about. */
  readonly onProject: (id: string) => void;
}

/** Is it better, and shall I use it? One sentence, the interval it rests on, and what there is to do. */
export function ModelReview({ review, onProject }: ModelReviewProps): ReactNode {
  const t = useTranslations("models.review");
  const { model, project, projects } = review;
  const verdict = reviewVerdict(review);
  return (
    <section aria-label={t("title")} className="mb-6 grid gap-3">
      {model.projectId === null && projects.length > 0 ? (
        <Field label={t("project")} className="max-w-72">
          <Select value={project?.id ?? ""} onChange={(event) => onProject(event.target.value)}>
            {project === null ? <option value="">–</option> : null}
            {projects.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      {project === null ? (
        <p className="max-w-read text-ink-2">{t(projects.length > 0 ? "chooseProject" : "noProject")}</p>
      ) : (
        <>
          <VerdictSentence review={review} verdict={verdict} />
          <Figures review={review} verdict={verdict} />
          <Use review={review} />
          <UnlessArchived projectId={project.id}>
            <ModelActions review={review} />
          </UnlessArchived>
        </>
      )}
    </section>
  );
}

interface VerdictProps {
  readonly review: ModelReviewView;
  readonly verdict: ReviewVerdict;
}

const verdictKeys = {
  better: "better",
  worse: "worse",
  "no meaningful difference": "same",
  "not yet known": "unknown",
} as const satisfies Record<Verdict, string>;

function VerdictSentence({ review, verdict }: VerdictProps): ReactNode {
  const t = useTranslations("models.review.verdicts");
  const { model, against } = review;
  const values = { other: against === null ? "" : codeOfModel(against) };
  const say = (text: string) => <p className="max-w-read text-lg">{text}</p>;
  switch (verdict.kind) {
    case "alone":
      return say(t(`alone.${model.kind}`));
    case "uncompared":
      return say(t("uncompared", values));
    case "waiting":
      return say(t("waiting", values));
    case "compared":
      return say(t(`compared.${verdictKeys[verdict.verdict]}`, values));
    case "measured":
      return say(t(`measured.${verdict.outcome}`, values));
    default:
      return say(t("unmeasured", values));
  }
}

/** What the sentence rests on: estimates with their intervals, and of how much. */
function Figures({ review, verdict }: VerdictProps): ReactNode {
  const t = useTranslations("models.review");
  const formats = useFormats();
  const { model, against, project } = review;
  const [own, other] = [codeOfModel(model), against === null ? "" : codeOfModel(against)];
  if (verdict.kind === "compared" || verdict.kind === "waiting") {
    const { evaluation } = verdict;
    return (
      <div className="grid max-w-read gap-1.5">
        {verdict.kind === "compared" ? (
          <>
            <Row name={t("preferred", { own, other })} value={<Share {...verdict.rate} />} />
            <Interval estimate={verdict.rate} from={0} to={1} mark={0.5} />
          </>
        ) : null}
        <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
          <span>{t("blind", { judgements: evaluation.judgements, prompts: evaluation.prompts.judged })}</span>
          {evaluation.simulated ? <span className="text-warn">{t("simulated")}</span> : null}
          <TextLink href={`/evaluations/${evaluation.id}`}>{t("open")}</TextLink>
        </p>
      </div>
    );
  }
  if (verdict.kind === "measured") {
    const { own: mine, other: theirs, outcome } = verdict;
    const share = mine.kind === "agreement";
    const name = (code: string, { count }: { count: number }) =>
      t(share ? "agreement" : "error", { code, count: formats.number(count) });
    return (
      <div className="grid max-w-read gap-1.5">
        <Measured name={name(own, mine)} of={mine} />
        <Measured name={name(other, theirs)} of={theirs} quiet />
        {outcome === "otherRows" ? null : (
          <p className="text-xs text-ink-3">
            {t("difference", { value: signed(mine.estimate.value - theirs.estimate.value, share, formats) })}
          </p>
        )}
      </div>
    );
  }
  if (verdict.kind !== "uncompared" || project === null) return null;
  return (
    <p>
      <TextLink href={`/projects/${project.id}/evaluations`}>{t("compareBlind")}</TextLink>
    </p>
  );
}

type MeasuredVerdict = Extract<ModelVerdict, { measured: boolean }>;

function Measured({ name, of, quiet }: { readonly name: string; readonly of: MeasuredVerdict; readonly quiet?: true }) {
  const formats = useFormats();
  const { value, low, high } = of.estimate;
  const share = of.kind === "agreement";
  if (low === null) return <Row name={name} value={share ? formats.share(value, 1) : formats.number(value, 3)} />;
  const estimate = { value, low, high };
  return (
    <>
      <Row name={name} value={share ? <Share {...estimate} /> : <Bare {...estimate} />} />
      <Interval estimate={estimate} from={0} to={1} {...(quiet ? { quiet } : {})} />
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

interface EstimateProps {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

function Share({ value, low, high }: EstimateProps): ReactNode {
  const formats = useFormats();
  return (
    <>
      {formats.share(value, 1)}{" "}
      <span className="text-ink-3">
        [{formats.number(low * 100, 1)}, {formats.number(high * 100, 1)}]
      </span>
    </>
  );
}

function Bare({ value, low, high }: EstimateProps): ReactNode {
  const formats = useFormats();
  return (
    <>
      {formats.number(value, 3)}{" "}
      <span className="text-ink-3">
        [{formats.number(low, 3)}, {formats.number(high, 3)}]
      </span>
    </>
  );
}

function signed(value: number, share: boolean, formats: ReturnType<typeof useFormats>): string {
  const bare = share ? formats.share(Math.abs(value), 1) : formats.number(Math.abs(value), 3);
  return `${value < 0 ? "−" : "+"}${bare}`;
}

/** What the project uses now, since when, and who decided it. */
function Use({ review: { model, inUse, project } }: { readonly review: ModelReviewView }): ReactNode {
  const t = useTranslations("models.review.use");
  const formats = useFormats();
  const nameOf = useModelName();
  if (project === null) return null;
  if (inUse === null) return <p className="text-ink-2">{t(`none.${model.kind}`, { project: project.name })}</p>;
  const { promotion } = inUse;
  const own = inUse.model.id === model.id;
  if (promotion === null)
    return (
      <p className="max-w-read text-ink-2">
        {own ? t("ownByDefault", { project: project.name }) : t("otherByDefault", { name: nameOf(inUse.model) })}
      </p>
    );
  const since = formats.dateTime(promotion.at);
  return (
    <p className="max-w-read text-ink-2">
      {own
        ? t("own", { project: project.name, since })
        : t("other", { project: project.name, name: nameOf(inUse.model), since })}
      {promotion.reason === "" ? null : <> {t("because", { reason: promotion.reason })}</>}
    </p>
  );
}
