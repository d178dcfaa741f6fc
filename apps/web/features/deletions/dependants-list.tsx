import type { DeletedCounts, Dependants } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { nameOfRun } from "../runs/run-state.ts";

/** In the order of what people look for first; what there is none of is not said. */
const counted = [
  ...(["prompts", "answers", "tasks", "judgements", "held", "inquiries", "media", "guidelines", "imports"] as const),
  ...(["exports", "views", "schedules", "links", "onlyHere"] as const),
] satisfies readonly (keyof DeletedCounts)[];

/** So many are named; of more their number is said. */
const namedAtMost = 8;

/** All that depends on what is to be deleted, by number and, where it has one, by name. */
export function DependantsList({
  dependants,
  whole,
}: {
  readonly dependants: Dependants;
  readonly whole: boolean;
}): ReactNode {
  const t = useTranslations("deletions");
  const kinds = useTranslations("runs.kinds");
  const formats = useFormats();
  const { counts, labelSets, runs, models, evaluations, further, gone } = dependants;
  return (
    <div role="status" className="grid gap-3">
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {counted.map((name) =>
          counts[name] > 0 ? (
            <li key={name}>{t(`counts.${name}`, { count: counts[name], people: counts.people })}</li>
          ) : null,
        )}
      </ul>
      {further > 0 ? <p className="text-ink-2">{t("further", { count: further })}</p> : null}
      {gone > 0 ? <p className="text-ink-2">{t("gone", { count: gone })}</p> : null}
      <Named
        title={t(whole ? "labelSets" : "labelSetsKept", { count: labelSets.length })}
        items={labelSets.map(({ id, judgements, going, createdAt }) => ({
          id,
          href: `/label-sets/${id}`,
          name: t(whole ? "labelSet" : "labelSetLess", { at: formats.date(createdAt), count: judgements, going }),
        }))}
      />
      <Named
        title={t("runs", { count: runs.length })}
        items={runs.map(({ id, number, name, kind, underWay }) => ({
          id,
          href: `/runs/${id}`,
          name: `#${number} ${nameOfRun({ kind, name }, kinds)}${underWay ? ` · ${t("underWay")}` : ""}`,
        }))}
      />
      <Named
        title={t(whole ? "evaluations" : "evaluationsLess", { count: evaluations.length })}
        items={evaluations.map(({ id, candidate, baseline, tasks }) => ({
          id,
          href: `/evaluations/${id}`,
          name: t("evaluation", { candidate: candidate ?? "–", baseline, count: tasks }),
        }))}
      />
      <Named
        title={t(whole ? "models" : "modelsOfPrompts", { count: models.length })}
        items={models.map(({ id, number, name }) => ({ id, href: `/models/${id}`, name: `${name} · ${number}` }))}
      />
    </div>
  );
}

interface NamedProps {
  readonly title: string;
  readonly items: readonly { readonly id: string; readonly href: string; readonly name: string }[];
}

/** Things by their names, under a title; of many the first, and how many more. */
export function Named({ title, items }: NamedProps): ReactNode {
  const t = useTranslations("deletions");
  if (items.length === 0) return null;
  const more = items.length - namedAtMost;
  return (
    <section aria-label={title} className="grid gap-1">
      <h3 className="text-xs text-ink-3">{title}</h3>
      <ul className="grid gap-0.5">
        {items.slice(0, namedAtMost).map(({ id, href, name }) => (
          <li key={id} className="min-w-0 break-words">
            <TextLink href={href}>{name}</TextLink>
          </li>
        ))}
        {more > 0 ? <li className="text-ink-3">{t("more", { count: more })}</li> : null}
      </ul>
    </section>
  );
}
