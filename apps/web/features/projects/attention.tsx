"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { nameOfEvaluation } from "../evaluations/evaluation-name.ts";
import { evaluationsQuery } from "../evaluations/evaluation-queries.ts";
import { sightOf } from "../evaluations/evaluation-sight.ts";
import { runsQuery } from "../runs/run-queries.ts";
import { nameOfRun } from "../runs/run-state.ts";
import { useRunWords } from "../runs/use-run-words.ts";

interface AttentionProps {
  readonly project: ProjectView;
}

interface Matter {
  readonly text: string;
  readonly action: string;
  readonly href: string;
  /** Something broke, and does not only wait. */
  readonly urgent?: boolean;
}

/** What broke, and pairs to be judged blind; nothing at all where all is well. What comes next is said elsewhere. */
export function Attention({ project }: AttentionProps): ReactNode {
  const t = useTranslations("projects.attention");
  const matters = useMatters({ project });
  if (matters.length === 0) return null;
  return (
    <Card title={t("title")} aside={matters.length} flush>
      <ul className="border-t border-line">
        {matters.map(({ text, action, href, urgent }) => (
          <li key={`${href} ${text}`} className="flex items-baseline gap-2.5 border-b border-line p-4 last:border-b-0">
            <i aria-hidden="true" className="mark" data-state={urgent ? "attention" : "waiting"} />
            <div className="grid min-w-0 justify-items-start gap-1 [overflow-wrap:anywhere]">
              <p>{text}</p>
              <TextLink href={href}>{action}</TextLink>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function useMatters({ project }: AttentionProps): Matter[] {
  const t = useTranslations("projects.attention");
  const kinds = useTranslations("runs.kinds");
  const names = useTranslations("evaluations");
  const words = useRunWords();
  const runs = useQuery(runsQuery(project.id)).data?.items ?? [];
  const evaluations = useQuery(evaluationsQuery(project.id)).data?.items ?? [];
  // A failure that a later run of its kind has mended asks for nothing any more.
  const failed = runs.filter(
    (run, index) => run.state === "failed" && runs.findIndex((one) => one.kind === run.kind) === index,
  );
  const judging = evaluations.filter((evaluation) => sightOf(evaluation).judges);
  return [
    ...failed.map((run) => ({
      text: t("failed", { name: nameOfRun(run, kinds), why: run.error ? words.error(run.error).text : "" }),
      action: t("look"),
      href: `/runs/${run.id}`,
      urgent: true,
    })),
    ...judging.map((evaluation) => ({
      text: t("judging", {
        name: nameOfEvaluation(evaluation, names),
        left: evaluation.prompts.total - evaluation.prompts.judged,
      }),
      action: t("judge"),
      href: `/evaluations/${evaluation.id}`,
    })),
  ];
}
