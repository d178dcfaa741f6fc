import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { type Figure, figuresOf, labelOf } from "../models/model-figures.ts";
import { heldOutPairs } from "./pairs-of.ts";
import type { Subject } from "./subject.ts";
import { useSubjectNames } from "./use-subject-name.ts";

/** What each is worth on what it did not learn from, and which of these figures may be held against each other. */
export function CompareFigures({ subjects }: { readonly subjects: readonly Subject[] }): ReactNode {
  const t = useTranslations("compare.figures");
  const { numbered } = useSubjectNames();
  const figures = subjects.map(({ model }) => heldOutFigures(model?.metrics ?? {}));
  const keys = [...new Set(figures.flatMap((of) => [...of.keys()]))];
  return (
    <Card title={t("title")} note={t("note")} flush>
      <ul className="grid gap-1 px-4 pb-3 text-sm">
        {heldOutPairs(subjects).map(({ one, other, why }) => (
          <li key={`${one.id} ${other.id}`} className="flex items-baseline gap-2" data-comparable={why ?? "yes"}>
            <b aria-hidden="true" className="min-w-4 font-semibold">
              {why === null ? "=" : "≠"}
            </b>
            <span>
              {t(`pairs.${why ?? "comparable"}`, {
                one: numbered(one),
                other: numbered(other),
              })}
            </span>
          </li>
        ))}
      </ul>
      {keys.length === 0 ? (
        <p className="px-4 pb-3 text-ink-2">{t("none")}</p>
      ) : (
        <Table
          label={t("title")}
          rows={keys}
          rowKey={(key) => key}
          columns={[
            { id: "name", header: t("figure"), names: true, cell: (key) => <Name of={key} /> },
            ...subjects.map((subject, at) => ({
              id: subject.id,
              header: numbered(subject),
              numeric: true,
              cell: (key: string) => <Value figure={figures[at]?.get(key)} />,
            })),
          ]}
        />
      )}
    </Card>
  );
}

/** Those of held-out rows and of the yardsticks beside them, in the order in which they are read. */
function heldOutFigures(metrics: Readonly<Record<string, unknown>>): ReadonlyMap<string, Figure> {
  const figures = figuresOf(metrics).filter(({ key }) => /^(heldout|baseline|reference|cv)\./.test(key));
  return new Map(figures.map((figure) => [figure.key, figure]));
}

function Name({ of }: { readonly of: string }): ReactNode {
  const t = useTranslations("models.figures");
  const label = labelOf(of);
  if (label.name === null)
    return (
      <span lang="en" className="font-mono text-xs">
        {of}
      </span>
    );
  return "of" in label ? t(label.name, { of: label.of }) : t(label.name);
}

function Value({ figure }: { readonly figure: Figure | undefined }): ReactNode {
  const formats = useFormats();
  if (!figure) return <span className="text-ink-3">–</span>;
  const { value, interval } = figure;
  return (
    <span className="whitespace-nowrap">
      {formats.number(value, Number.isInteger(value) ? 0 : 3)}
      {interval ? (
        <span className="text-ink-3">
          {" "}
          [{formats.number(interval.low, 3)}, {formats.number(interval.high, 3)}]
        </span>
      ) : null}
    </span>
  );
}
