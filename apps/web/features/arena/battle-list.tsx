"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ArenaBattleRow } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { battlesQuery } from "./arena-queries.ts";

const chips: Readonly<Record<ArenaBattleRow["state"], ChipState>> = {
  open: "running",
  voted: "ok",
  abandoned: "rest",
  withdrawn: "rest",
};

/** All battles of a project, newest first. */
export function BattleList({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("arena.list");
  const query = useInfiniteQuery(battlesQuery(projectId));
  const columns = useColumns();
  return (
    <QueryView query={query}>
      {({ pages }) => {
        const rows = pages.flatMap(({ items }) => items);
        if (rows.length === 0) return <p className="text-ink-2">{t("empty")}</p>;
        return (
          <div className="grid gap-3">
            <Table label={t("title")} columns={columns} rows={rows} rowKey={({ id }) => id} />
            <MoreButton query={query} />
          </div>
        );
      }}
    </QueryView>
  );
}

function useColumns(): Column<ArenaBattleRow>[] {
  const t = useTranslations("arena.list");
  const arena = useTranslations("arena");
  return [
    {
      id: "prompt",
      header: t("prompt"),
      names: true,
      wrap: true,
      cell: ({ excerpt, taskId }) => {
        const text = <span className="line-clamp-2 min-w-40 wrap-anywhere">{excerpt === "" ? "—" : excerpt}</span>;
        return taskId === null ? text : <TextLink href={`/items/${taskId}`}>{text}</TextLink>;
      },
    },
    {
      id: "state",
      header: t("state"),
      cell: ({ state, notCounted }) => (
        <Chip state={notCounted === null ? chips[state] : "attention"}>
          {notCounted === null ? t(`states.${state}`) : t("selfNamed")}
        </Chip>
      ),
    },
    { id: "choice", header: t("choice"), cell: ({ choice }) => (choice === null ? "—" : arena(`choices.${choice}`)) },
    { id: "a", header: "A", cell: ({ a }) => a?.name ?? "—" },
    { id: "b", header: "B", cell: ({ b }) => b?.name ?? "—" },
    { id: "turns", header: t("turns"), numeric: true, cell: ({ turns }) => turns },
    { id: "person", header: t("person"), cell: ({ person }) => person },
    { id: "at", header: t("begun"), cell: ({ createdAt }) => <Moment at={createdAt} /> },
  ];
}
