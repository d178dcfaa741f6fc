"use client";
import type { CardControl, CardFigure, ReportCard } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { classNames } from "../../components/class-names.ts";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CardEstimate, CardStreak } from "./card-estimate.tsx";

interface Row {
  readonly key: string;
  readonly name: string;
  readonly pairs: number;
  readonly accuracy: CardFigure | null;
  readonly lead: CardFigure | null;
  /** In the place of a figure that there is none of. */
  readonly missing: string | null;
  readonly isModel: boolean;
}

/** The model, people, and all that knows less, one under the other on one axis. */
export function AgainstCard({ card }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.against");
  const formats = useFormats();
  const rows = useRows(card);
  const columns: Column<Row>[] = [
    {
      id: "name",
      header: t("name"),
      names: true,
      wrap: true,
      cell: ({ name, isModel }) => (
        <span className={classNames("block min-w-28", isModel && "font-medium")}>{name}</span>
      ),
    },
    {
      id: "interval",
      header: t("interval"),
      wide: true,
      cell: ({ accuracy, isModel }) =>
        accuracy ? (
          <div className="w-48">
            <CardStreak figure={accuracy} quiet={!isModel} mark={0.5} />
          </div>
        ) : null,
    },
    {
      id: "accuracy",
      header: t("accuracy"),
      numeric: true,
      cell: ({ accuracy, missing }) =>
        accuracy ? <CardEstimate figure={accuracy} /> : <span className="text-ink-3">{missing}</span>,
    },
    { id: "lead", header: t("lead"), numeric: true, cell: ({ lead }) => (lead ? <CardEstimate figure={lead} /> : "–") },
    { id: "pairs", header: t("pairs"), numeric: true, wide: true, cell: ({ pairs }) => formats.number(pairs) },
  ];
  return (
    <Card title={t("title")} note={t("note")} flush>
      <Table label={t("title")} columns={columns} rows={rows} rowKey={({ key }) => key} />
      <Notes card={card} />
    </Card>
  );
}

function useRows({ accuracy, pairs, people, controls }: ReportCard): Row[] {
  const t = useTranslations("reportCard.against");
  const plain = { lead: null, missing: null, isModel: false };
  const ofPeople = people
    ? [
        {
          ...plain,
          key: "people",
          name: t("people"),
          pairs: people.judgements,
          accuracy: people.agreement,
          lead: people.lead,
        },
        {
          ...plain,
          key: "people-model",
          name: t("peopleOn"),
          pairs: people.judgements,
          accuracy: people.model,
          isModel: true,
        },
      ]
    : [];
  const ofControl = ({ name, missing, ...control }: CardControl): Row => ({
    ...control,
    key: name,
    name: t(`names.${name}`),
    missing: missing && t(`gaps.${missing}`),
    isModel: false,
  });
  return [
    { ...plain, key: "model", name: t("model"), pairs, accuracy, isModel: true },
    ...controls.map(ofControl),
    ...ofPeople,
  ];
}

function Notes({ card: { controls, people } }: { readonly card: ReportCard }): ReactNode {
  const t = useTranslations("reportCard.against");
  const formats = useFormats();
  const named = (name: CardControl["name"]) => controls.find((one) => one.name === name);
  const p = named("held-out-permuted")?.p ?? null;
  const looked = Math.max(named("prompt-shuffled")?.pairs ?? 0, named("prompt-empty")?.pairs ?? 0);
  return (
    <div className="grid gap-1 px-4 py-3 text-xs text-ink-3">
      {p === null ? null : <p>{t("permutedNote", { p: formats.number(p, 3) })}</p>}
      {looked === 0 ? null : <p>{t("promptNote", { pairs: looked })}</p>}
      <p>{people ? t("peopleNote", { judgements: people.judgements, pairs: people.pairs }) : t("noPeople")}</p>
    </div>
  );
}
