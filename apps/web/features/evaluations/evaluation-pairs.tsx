"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { EvaluationPairView, PairOutcome } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { pairsQuery } from "./evaluation-queries.ts";

const filters = ["all", "won", "lost", "tied", "open", "left-out"] as const;

/** The pairs themselves: prompt, both answers, and, once a pair is judged, whose they are and who chose what. */
export function EvaluationPairs({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("evaluations.pairs");
  const [filter, setFilter] = useState<PairOutcome | "all">("all");
  const pages = useInfiniteQuery(pairsQuery(id, filter === "all" ? undefined : filter));
  const pairs = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t("title")} className="mt-8 grid gap-3">
      <Field label={t("title")}>
        <Select
          className="w-48"
          value={filter}
          onChange={(event) => setFilter(filters.find((one) => one === event.target.value) ?? "all")}
        >
          {filters.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </Select>
      </Field>
      {pages.isError ? <ProblemNotice error={pages.error} onRetry={() => void pages.refetch()} /> : null}
      {pages.isSuccess && pairs.length === 0 ? <p className="text-ink-3">{t("none")}</p> : null}
      <ol className="border-t border-line">
        {pairs.map((pair) => (
          <Pair key={pair.taskId} pair={pair} />
        ))}
      </ol>
      {pages.hasNextPage ? (
        <Button
          className="justify-self-start"
          pending={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t("more")}
        </Button>
      ) : null}
    </section>
  );
}

function Pair({ pair }: { readonly pair: EvaluationPairView }): ReactNode {
  const t = useTranslations("evaluations");
  return (
    <li className="grid gap-2 border-b border-line py-3">
      <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{pair.prompt.at(-1)?.content}</p>
      <div className="grid gap-3 md:grid-cols-2">
        {pair.answers.map(({ text, policy }, place) => (
          <div key={policy ?? place} className="min-w-0">
            <p className="text-xs text-ink-3">
              {policy ? t(policy) : t("pairs.answer", { place: place === 0 ? "A" : "B" })}
            </p>
            <p className="whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">{text}</p>
          </div>
        ))}
      </div>
      <div className="flex flex-wrap gap-x-4 text-xs">
        <Chip state={pair.outcome === "open" ? "waiting" : "rest"}>{t(`pairs.${pair.outcome}`)}</Chip>
        {pair.outcome === "open" ? <span className="text-ink-3">{t("pairs.blind")}</span> : null}
        {pair.judgements.map(({ id, by, chose, degree }) => (
          <TextLink key={id} href={`/judgements/${id}`}>
            {t(`pairs.chose.${chose}`, { by, degree: degree ? t(`pairs.degrees.${degree}`) : "" })}
          </TextLink>
        ))}
      </div>
    </li>
  );
}
