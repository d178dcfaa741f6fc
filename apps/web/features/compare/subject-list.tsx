import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { useProblemText } from "../../components/forms/problem-text.ts";
import { TextLink } from "../../components/text-link.tsx";
import { chipOfRun } from "../runs/run-state.ts";
import { AddSubject } from "./add-subject.tsx";
import { type Comparison, mostCompared } from "./compare-address.ts";
import { useSubjectNames } from "./use-subject-name.ts";
import type { Chosen } from "./use-subjects.ts";

interface SubjectListProps {
  readonly chosen: readonly Chosen[];
  readonly comparison: Comparison;
  readonly onChange: (more: Partial<Comparison>) => void;
}

/** What is compared, by the numbers that stand at the lines, and what else could be. */
export function SubjectList({ chosen, comparison, onChange }: SubjectListProps): ReactNode {
  const t = useTranslations("compare");
  const { models, runs } = comparison;
  const without = ({ id, as }: Chosen): Partial<Comparison> =>
    as === "model" ? { models: models.filter((one) => one !== id) } : { runs: runs.filter((one) => one !== id) };
  return (
    <section aria-label={t("chosen")} className="mb-5 grid gap-3">
      <ol className="grid gap-1 empty:hidden">
        {chosen.map((one, at) => (
          <li key={`${one.as} ${one.id}`} className="flex flex-wrap items-center gap-x-3 border-b border-line py-1">
            <b className="min-w-4 font-semibold tabular-nums">{at + 1}</b>
            <Named chosen={one} />
            <Button
              variant="ghost"
              className="ml-auto"
              aria-label={t("removeNumber", { number: at + 1 })}
              onClick={() => onChange(without(one))}
            >
              {t("remove")}
            </Button>
          </li>
        ))}
      </ol>
      {chosen.length < mostCompared ? (
        <AddSubject {...{ chosen, comparison, onChange }} />
      ) : (
        <p className="text-xs text-ink-3">{t("most", { count: mostCompared })}</p>
      )}
    </section>
  );
}

function Named({ chosen: { as, subject, error } }: { readonly chosen: Chosen }): ReactNode {
  const t = useTranslations("compare");
  const models = useTranslations("models");
  const runs = useTranslations("runs");
  const { full } = useSubjectNames();
  const { text } = useProblemText(error);
  if (subject === null)
    return error === null ? (
      <span className="text-ink-3">…</span>
    ) : (
      <span role="alert" className="text-warn">
        {t(`gone.${as}`)} {text}
      </span>
    );
  const { model, run, id } = subject;
  return (
    <>
      <TextLink href={as === "model" ? `/models/${id}` : `/runs/${id}`} className="min-w-0 [overflow-wrap:anywhere]">
        {full(subject)}
      </TextLink>
      {as === "model" && model ? (
        <Chip state={model.stage === "current" ? "ok" : "rest"}>{models(`stages.${model.stage}`)}</Chip>
      ) : null}
      {as === "run" && run ? <Chip state={chipOfRun(run.state)}>{runs(`states.${run.state}`)}</Chip> : null}
    </>
  );
}
