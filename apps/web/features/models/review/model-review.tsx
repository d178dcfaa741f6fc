"use client";
import type { ModelReviewView, Verdict } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field, Select } from "../../../components/forms/field.tsx";
import { UnlessArchived } from "../../projects/unless-archived.tsx";
import { codeOfModel } from "../model-name.ts";
import { ModelActions } from "./model-actions.tsx";
import { ModelUse } from "./model-use.tsx";
import { ReviewFigures } from "./review-figures.tsx";
import { reviewVerdict, type VerdictProps } from "./review-verdict.ts";

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
          <ReviewFigures review={review} verdict={verdict} />
          <ModelUse review={review} />
          <UnlessArchived projectId={project.id}>
            <ModelActions review={review} />
          </UnlessArchived>
        </>
      )}
    </section>
  );
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
