"use client";
import type { ModelStandingView, StandingSlice, StandingSliceView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Interval } from "../../components/figures/interval.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { OpenInterval } from "./open-interval.tsx";
import { type StandingFilter, standingHref } from "./standing-filter.ts";
import { axisOf, drawn, placesOf } from "./standing-sight.ts";
import { useNames } from "./use-names.ts";

interface StandingSlicesProps {
  readonly standing: ModelStandingView;
  readonly filter: StandingFilter;
}

/** The standing of each slice, all on one axis. */
export function StandingSlices({ standing, filter }: StandingSlicesProps): ReactNode {
  const t = useTranslations("standing");
  const { slices, projectId } = standing;
  const by = filter.by;
  if (slices === null || by === undefined || !isSlice(by)) return null;
  const axis = axisOf(slices.items.flatMap(({ groups }) => groups));
  return (
    <Card title={t("slices.title", { by: t(`by.${by}`) })} note={t("slices.note")}>
      <ul className="grid gap-5">
        {slices.items.map((slice) => (
          <li key={slice.value ?? ""} className="grid gap-2 border-t border-line pt-3 first:border-t-0 first:pt-0">
            <h3 className="flex flex-wrap items-baseline gap-x-3">
              <SliceName slice={slice} by={by} filter={filter} projectId={projectId} />
              <span className="text-xs text-ink-3">
                {t("slices.counts", { judgements: slice.judgements, prompts: slice.prompts })}
              </span>
            </h3>
            <SliceModels standing={standing} slice={slice} axis={axis} />
          </li>
        ))}
      </ul>
      {slices.more > 0 ? <p className="pt-4 text-xs text-ink-3">{t("slices.more", { count: slices.more })}</p> : null}
    </Card>
  );
}

const slicesBy = [
  "question",
  "asked",
  "language",
  "origin",
  "split",
  "batch",
  "group",
] as const satisfies readonly StandingSlice[];
const isSlice = (by: string): by is StandingSlice => slicesBy.some((one) => one === by);

interface SliceNameProps {
  readonly slice: StandingSliceView;
  readonly by: StandingSlice;
  readonly filter: StandingFilter;
  readonly projectId: string;
}

/** The slice leads to the page of itself alone; of those without a value none can be made. */
function SliceName({ slice: { value }, by, filter, projectId }: SliceNameProps): ReactNode {
  const t = useTranslations("standing");
  const words = useTranslations("browse");
  if (value === null) return <span className="text-ink-2">{t("slices.none")}</span>;
  const { by: _by, ...others } = filter;
  const known = { ...originWords(words), ...splitWords(words) };
  const name = by === "origin" || by === "split" ? (known[value] ?? value) : value;
  return <TextLink href={standingHref(projectId, { ...others, [by]: value })}>{name}</TextLink>;
}

type Words = ReturnType<typeof useTranslations<"browse">>;
const originWords = (t: Words): Record<string, string> => ({
  import: t("origins.import"),
  run: t("origins.run"),
  evaluation: t("origins.evaluation"),
  other: t("origins.other"),
});
const splitWords = (t: Words): Record<string, string> => ({
  train: t("splits.train"),
  validation: t("splits.validation"),
  test: t("splits.test"),
});

interface SliceModelsProps {
  readonly standing: ModelStandingView;
  readonly slice: StandingSliceView;
  readonly axis: ReturnType<typeof axisOf>;
}

function SliceModels({ standing, slice, axis }: SliceModelsProps): ReactNode {
  const t = useTranslations("standing");
  const formats = useFormats();
  const nameOf = useNames(standing);
  return slice.groups.map((group, table) => (
    <ol key={group[0]?.model} className="grid gap-1">
      {slice.groups.length > 1 ? (
        <li className="text-xs text-ink-3">{t("tableOf", { number: formats.number(table + 1) })}</li>
      ) : null}
      {group.map(({ model, rank, strength }) => (
        <li
          key={model}
          className="grid grid-cols-[2.5rem_minmax(0,1fr)_auto] items-center gap-x-3 tabular-nums md:grid-cols-[2.5rem_14rem_minmax(0,1fr)_auto]"
        >
          <span className="text-right text-ink-3">{placesOf(rank)}</span>
          <span className="wrap-anywhere">{nameOf(model)}</span>
          <Interval estimate={drawn(strength, axis)} {...axis} mark={0} className="max-md:hidden" />
          <OpenInterval estimate={strength} as="number" />
        </li>
      ))}
    </ol>
  ));
}
