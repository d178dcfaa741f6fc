"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import {
  type LabelSetDetails,
  type LabelSetDiff,
  LabelSetDifference,
  type LabelSetDiffRow,
} from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Card } from "../../components/card.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { labelSetDiffQuery, labelSetsQuery } from "./label-set-queries.ts";
import { useSetName } from "./use-set-name.ts";

/** What is in this set and not in another of its project, and the other way round. */
export function SetDiff({ set }: { readonly set: LabelSetDetails }): ReactNode {
  const t = useTranslations("labelSets.diff");
  const formats = useFormats();
  const nameOf = useSetName();
  const [against, setAgainst] = useState("");
  const sets = useInfiniteQuery(labelSetsQuery(set.project.id));
  const others = (sets.data?.pages ?? []).flatMap(({ items }) => items).filter(({ id }) => id !== set.id);
  return (
    <Card title={t("title")}>
      <div className="grid max-w-read gap-2">
        <Field label={t("against")} hint={sets.data && others.length === 0 ? t("alone") : undefined}>
          <Select value={against} disabled={others.length === 0} onChange={({ target }) => setAgainst(target.value)}>
            <option value="">{t("choose")}</option>
            {others.map((other) => (
              <option key={other.id} value={other.id}>
                {t("option", { name: nameOf(other), at: formats.dateTime(other.createdAt) })}
              </option>
            ))}
          </Select>
        </Field>
        <MoreButton query={sets} label={t("older")} />
      </div>
      {against === "" ? null : <Differences key={against} id={set.id} against={against} />}
    </Card>
  );
}

interface DifferencesProps {
  readonly id: string;
  readonly against: string;
}

function Differences({ id, against }: DifferencesProps): ReactNode {
  const t = useTranslations("labelSets.diff");
  const [why, setWhy] = useState<LabelSetDifference>();
  const diff = useInfiniteQuery(labelSetDiffQuery(id, against, why));
  return (
    <div className="grid grid-cols-1 gap-4 pt-4">
      <QueryView query={diff}>
        {({ pages: [first, ...later] }) =>
          first ? (
            <>
              <Counts diff={first} />
              {first.counts.length > 1 ? (
                <Field label={t("which")} className="max-w-read">
                  <Select
                    value={why ?? ""}
                    onChange={({ target }) => setWhy(LabelSetDifference.safeParse(target.value).data)}
                  >
                    <option value="">{t("all")}</option>
                    {first.counts.map((count) => (
                      <option key={count.why} value={count.why}>
                        {t(`why.${count.why}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              ) : null}
              <Rows rows={[first, ...later].flatMap(({ items }) => items)} />
            </>
          ) : null
        }
      </QueryView>
      <MoreButton query={diff} />
    </div>
  );
}

function Counts({ diff: { same, counts } }: { readonly diff: LabelSetDiff }): ReactNode {
  const t = useTranslations("labelSets.diff");
  return (
    <ul className="grid gap-1">
      <li>{t("same", { count: same })}</li>
      {counts.map(({ why, count }) => (
        <li key={why}>{t(`counts.${why}`, { count })}</li>
      ))}
    </ul>
  );
}

function Rows({ rows }: { readonly rows: readonly LabelSetDiffRow[] }): ReactNode {
  const t = useTranslations("labelSets.diff");
  const judgements = useTranslations("judgements");
  if (rows.length === 0) return null;
  const columns: Column<LabelSetDiffRow>[] = [
    {
      id: "prompt",
      header: judgements("columns.prompt"),
      wrap: true,
      cell: ({ itemId, excerpt }) => (
        <TextLink href={`/items/${itemId}`} className="min-w-32 wrap-anywhere">
          {excerpt ?? judgements("hidden.excerpt")}
        </TextLink>
      ),
    },
    { id: "why", header: t("reason"), cell: ({ why }) => t(`why.${why}`) },
    {
      id: "judgement",
      header: judgements("one"),
      cell: ({ judgementId }) => <TextLink href={`/judgements/${judgementId}`}>{t("open")}</TextLink>,
    },
    { id: "who", header: judgements("columns.who"), cell: ({ annotator }) => <code>{annotator.slice(0, 8)}</code> },
    { id: "at", header: judgements("columns.at"), cell: ({ at }) => <Moment at={at} /> },
  ];
  return (
    <div className="rounded-md border border-line">
      <Table label={t("title")} columns={columns} rows={rows} rowKey={({ judgementId }) => judgementId} />
    </div>
  );
}
