"use client";
import type { ModelStandingView, OpenEstimate } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { OpenInterval } from "./open-interval.tsx";
import { leftOf } from "./standing-sight.ts";

interface StandingProps {
  readonly standing: ModelStandingView;
}

/** What belongs to no model: the pull of the place, ties, and how much there is. */
export function StandingFacts({ standing }: StandingProps): ReactNode {
  const t = useTranslations("standing");
  const { judgements, comparisons, prompts, position, tie, sampled } = standing;
  return (
    <section aria-label={t("facts.title")} className="grid gap-2 text-ink-2">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Fact name={t("facts.position")} hint={position ? t("facts.positionHint") : t("facts.noPosition")}>
          {position ? <OpenInterval estimate={asShare(position)} as="share" /> : "–"}
        </Fact>
        <Fact name={t("facts.ties")} hint={tie ? t("facts.tiesHint") : t("facts.noTies")}>
          {tie ? <OpenInterval estimate={tie} as="share" /> : "–"}
        </Fact>
      </dl>
      <p className="text-xs text-ink-3">{t("facts.counts", { judgements, comparisons, prompts })}</p>
      {sampled ? <p className="max-w-read text-xs text-ink-3">{t("facts.sampled", sampled)}</p> : null}
    </section>
  );
}

/** Between equal models, how often the answer shown first is preferred, ties aside. */
function asShare({ value, low, high }: OpenEstimate): OpenEstimate {
  const share = (one: number) => 1 / (1 + Math.exp(-one));
  return { value: share(value), low: low === null ? null : share(low), high: high === null ? null : share(high) };
}

interface FactProps {
  readonly name: string;
  readonly hint: string;
  readonly children: ReactNode;
}

function Fact({ name, hint, children }: FactProps): ReactNode {
  return (
    <div className="grid max-w-72 gap-0.5">
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="text-lg text-ink tabular-nums">{children}</dd>
      <dd className="text-xs text-ink-3">{hint}</dd>
    </div>
  );
}

/** What the standing does without, by name. */
export function StandingLeft({ standing }: StandingProps): ReactNode {
  const t = useTranslations("standing.left");
  const left = leftOf(standing);
  const { answersUnnamed } = standing.left;
  if (left.length === 0 && answersUnnamed === 0 && standing.equal === 0) return null;
  return (
    <section className="grid gap-1 text-xs text-ink-3">
      <h2 className="text-sm text-ink-2">{t("title")}</h2>
      <ul className="grid max-w-read list-disc gap-1 pl-4">
        {left.map(({ why, count }) => (
          <li key={why}>{t(why, { count })}</li>
        ))}
        {answersUnnamed > 0 ? <li>{t("answersUnnamed", { count: answersUnnamed })}</li> : null}
        {standing.equal > 0 ? <li>{t("equal", { count: standing.equal })}</li> : null}
      </ul>
    </section>
  );
}
