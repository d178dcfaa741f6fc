import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { evaluationsQuery } from "../evaluations/evaluation-queries.ts";
import { wordsOf } from "../evaluations/verdict.ts";
import { type BlindPair, blindPairs } from "./pairs-of.ts";
import type { Subject } from "./subject.ts";
import { useSubjectNames } from "./use-subject-name.ts";

/** What people said of them without knowing which was which: for each two policies the newest comparison. */
export function BlindComparisons({ subjects }: { readonly subjects: readonly Subject[] }): ReactNode {
  const t = useTranslations("compare.blind");
  const policies = subjects.filter(({ model }) => model?.kind === "policy");
  const projectIds = [...new Set(policies.flatMap((subject) => subject.projectIds))];
  const evaluations = useQueries({ queries: policies.length < 2 ? [] : projectIds.map(evaluationsQuery) });
  if (policies.length < 2 || !evaluations.every(({ data }) => data)) return null;
  const pairs = blindPairs(
    policies,
    evaluations.flatMap(({ data }) => data?.items ?? []),
  );
  return (
    <Card title={t("title")} note={t("note")}>
      {pairs.length === 0 ? (
        <p className="text-ink-2">{t("none")}</p>
      ) : (
        <ul className="grid gap-3">
          {pairs.map((pair) => (
            <Blind key={`${pair.one.id} ${pair.other.id}`} pair={pair} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Blind({ pair }: { readonly pair: BlindPair }): ReactNode {
  const t = useTranslations("compare.blind");
  const review = useTranslations("models.review");
  const verdicts = useTranslations("evaluations.verdicts");
  const { numbered } = useSubjectNames();
  const { one, other, evaluation, seen } = pair;
  const words = seen && wordsOf(seen.verdict);
  return (
    <li className="grid gap-1" data-blind={evaluation.id}>
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span>{review("preferred", { own: numbered(one), other: numbered(other) })}</span>
        {seen ? (
          <span className="tabular-nums">
            <Estimate estimate={seen.rate} as="share" />
          </span>
        ) : (
          <span className="text-ink-3">{t(evaluation.others.length > 0 ? "ofSeveral" : "noRate")}</span>
        )}
        {words ? <Chip state={words.chip}>{verdicts(words.key)}</Chip> : null}
      </p>
      {seen ? <Interval estimate={seen.rate} from={0} to={1} mark={0.5} /> : null}
      <p className="flex flex-wrap gap-x-3 text-xs text-ink-3">
        <span>{review("blind", { judgements: evaluation.judgements, prompts: evaluation.prompts.judged })}</span>
        {evaluation.simulated ? <span className="text-warn">{review("simulated")}</span> : null}
        <TextLink href={`/evaluations/${evaluation.id}`}>{review("open")}</TextLink>
      </p>
    </li>
  );
}
