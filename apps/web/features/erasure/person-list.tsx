import type { ErasedCounts, ErasureKind, PersonDependants } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";
import { Named } from "../deletions/dependants-list.tsx";
import { nameOfRun } from "../runs/run-state.ts";

/** In the order of what people look for first; what there is none of is not said. */
const counted = [
  ...(["judgements", "skips", "held", "inquiries", "answers", "notes", "views", "imports", "exports"] as const),
  ...(["sessions", "tokens", "links", "audit"] as const),
] satisfies readonly (keyof ErasedCounts)[];

interface PersonListProps {
  readonly dependants: PersonDependants;
  readonly what: ErasureKind;
}

/** All that depends on somebody, by number and, where it has one, by name. */
export function PersonList({ dependants, what }: PersonListProps): ReactNode {
  const t = useTranslations("erasure");
  const deleted = useTranslations("deletions");
  const kinds = useTranslations("runs.kinds");
  const formats = useFormats();
  const { counts, elsewhere, projects, labelSets, runs, models, evaluations } = dependants;
  const ending = (underWay: boolean) => (underWay && what === "all" ? ` · ${t("endsNow")}` : "");
  return (
    <div role="status" className="grid gap-3">
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-2">
        {counted.map((name) =>
          counts[name] > 0 ? <li key={name}>{t(`counts.${name}`, { count: counts[name] })}</li> : null,
        )}
      </ul>
      {elsewhere ? <p className="text-ink-2">{t("elsewhere")}</p> : null}
      <Named
        title={t("projects", { count: projects.length })}
        items={projects.map(({ id, name, judgements }) => ({
          id,
          href: `/projects/${id}`,
          name: t("project", { name, count: judgements }),
        }))}
      />
      <Named
        title={t(`labelSets.${what}`, { count: labelSets.length })}
        items={labelSets.map(({ id, judgements, going, createdAt }) => ({
          id,
          href: `/label-sets/${id}`,
          name: deleted("labelSetLess", { at: formats.date(createdAt), count: judgements, going }),
        }))}
      />
      <Named
        title={t(`runs.${what}`, { count: runs.length })}
        items={runs.map(({ id, number, name, kind, underWay }) => ({
          id,
          href: `/runs/${id}`,
          name: `#${number} ${nameOfRun({ kind, name }, kinds)}${ending(underWay)}`,
        }))}
      />
      <Named
        title={t(`models.${what}`, { count: models.length })}
        items={models.map(({ id, number, name }) => ({ id, href: `/models/${id}`, name: `${name} · ${number}` }))}
      />
      <Named
        title={t(`evaluations.${what}`, { count: evaluations.length })}
        items={evaluations.map(({ id, candidate, baseline, judgements }) => ({
          id,
          href: `/evaluations/${id}`,
          name: t("evaluation", { candidate: candidate ?? "–", baseline, count: judgements }),
        }))}
      />
    </div>
  );
}
