import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Table } from "../../components/table.tsx";
import { type Differences, differencesIn, type Row, settingRows, type Trait, traitRows } from "./differences.ts";
import type { Subject } from "./subject.ts";
import { SettingValue, TraitValue } from "./trait-value.tsx";
import { useSubjectNames } from "./use-subject-name.ts";

/** What differs between them; whatever is the same for all is folded away. */
export function CompareDifferences({ subjects }: { readonly subjects: readonly Subject[] }): ReactNode {
  const t = useTranslations("compare.differences");
  const traits = differencesIn(traitRows(subjects));
  const settings = differencesIn(settingRows(subjects));
  const equal = traits.equal.length + settings.equal.length;
  return (
    <Card title={t("title")} flush>
      {traits.different.length + settings.different.length === 0 ? (
        <p className="px-4 pb-3 text-ink-2">{t("none")}</p>
      ) : (
        <Rows subjects={subjects} traits={traits.different} settings={settings.different} label={t("title")} />
      )}
      {equal > 0 ? (
        <details className="border-t border-line">
          <summary className="cursor-pointer px-4 py-2 text-ink-2">{t("equal", { count: equal })}</summary>
          <Rows
            subjects={subjects}
            traits={traits.equal}
            settings={settings.equal}
            label={t("equal", { count: equal })}
          />
        </details>
      ) : null}
    </Card>
  );
}

interface RowsProps {
  readonly subjects: readonly Subject[];
  readonly traits: Differences<Trait>["equal"];
  readonly settings: Differences["equal"];
  readonly label: string;
}

type Line = { readonly kind: "trait"; readonly row: Row<Trait> } | { readonly kind: "setting"; readonly row: Row };

function Rows({ subjects, traits, settings, label }: RowsProps): ReactNode {
  const t = useTranslations("compare.differences");
  const { numbered } = useSubjectNames();
  const lines: Line[] = [
    ...traits.map((row): Line => ({ kind: "trait", row })),
    ...settings.map((row): Line => ({ kind: "setting", row })),
  ];
  return (
    <Table
      label={label}
      rows={lines}
      rowKey={({ kind, row }) => `${kind} ${row.name}`}
      columns={[
        {
          id: "name",
          header: t("what"),
          names: true,
          cell: (line) =>
            line.kind === "trait" ? (
              t(`traits.${line.row.name}`)
            ) : (
              <span lang="en" className="font-mono text-xs">
                {line.row.name}
              </span>
            ),
        },
        ...subjects.map((subject, at) => ({
          id: subject.id,
          header: numbered(subject),
          wrap: true,
          cell: (line: Line) =>
            line.kind === "trait" ? (
              <TraitValue subject={subject} trait={line.row.name} />
            ) : (
              <SettingValue value={line.row.values[at]} />
            ),
        })),
      ]}
    />
  );
}
