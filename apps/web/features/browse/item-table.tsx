"use client";
import type { ItemFilter, ItemRow } from "@touchstone/contracts";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { useIsHidden } from "../judgements/use-hidden.ts";
import { itemsHref } from "./item-filter.ts";
import { whereInList } from "./where-in-list.ts";

interface ItemTableProps {
  readonly projectId: string;
  readonly filter: ItemFilter;
  readonly rows: readonly ItemRow[];
  /** Those selected; left out for those who can do nothing with a selection. */
  readonly chosen?: ReadonlySet<string> | "all";
  readonly onToggle?: (id: string) => void;
}

export const stateMarks = {
  open: "waiting",
  full: "ok",
  paused: "rest",
  waiting: "rest",
  ended: "rest",
} as const satisfies Record<ItemRow["state"], ChipState>;

/** Items as rows, each leading to its history. */
export function ItemTable({ projectId, filter, rows, chosen, onToggle }: ItemTableProps): ReactNode {
  const t = useTranslations("browse");
  const formats = useFormats();
  const judgements = useTranslations("judgements");
  const isHidden = useIsHidden();
  const excerptOf = ({ id, excerpt, blurred }: ItemRow): string =>
    isHidden({ blurred, taskId: id }) ? judgements("hidden.excerpt") : excerpt;
  const columns: Column<ItemRow>[] = [
    ...(chosen && onToggle
      ? [{ id: "select", header: <span className="sr-only">{t("columns.select")}</span>, cell: selectCell }]
      : []),
    { id: "prompt", header: t("columns.prompt"), cell: promptCell },
    {
      id: "judgements",
      header: t("columns.judgements"),
      numeric: true,
      cell: ({ judgements, overlap, flags, leftOut }) => (
        <span className="inline-flex items-center gap-2">
          {leftOut > 0 ? <Chip state="rest">{t("leftOut", { count: leftOut })}</Chip> : null}
          {flags > 0 ? <Chip state="attention">{t("flags", { count: flags })}</Chip> : null}
          {t("ofOverlap", { judgements, overlap })}
        </span>
      ),
    },
    {
      id: "agreement",
      header: t("columns.agreement"),
      numeric: true,
      cell: ({ agreement }) => (agreement === null ? <span className="text-ink-3">–</span> : formats.share(agreement)),
    },
    {
      id: "state",
      header: t("columns.state"),
      cell: ({ state, sensitive }) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          <Chip state={stateMarks[state]}>{t(`states.${state}`)}</Chip>
          {sensitive ? <Chip state="attention">{t("sensitive")}</Chip> : null}
        </span>
      ),
    },
    { id: "origin", header: t("columns.origin"), wide: true, cell: ({ origin }) => t(`origins.${origin}`) },
    { id: "language", header: t("columns.language"), wide: true, cell: ({ language }) => language ?? "–" },
    { id: "split", header: t("columns.split"), wide: true, cell: ({ split }) => t(`splits.${split}`) },
    { id: "batch", header: t("columns.batch"), numeric: true, wide: true, cell: ({ batch }) => formats.number(batch) },
    {
      id: "last",
      header: t("columns.last"),
      numeric: true,
      wide: true,
      cell: ({ lastJudgedAt }) => (lastJudgedAt === null ? "–" : <Moment at={lastJudgedAt} />),
    },
  ];
  return (
    <div className="rounded-lg border border-line bg-surface">
      <Table label={t("title")} columns={columns} rows={rows} rowKey={(row) => row.id} />
    </div>
  );

  function selectCell(row: ItemRow): ReactNode {
    return (
      <input
        type="checkbox"
        tabIndex={-1}
        aria-label={t("selectItem", { excerpt: excerptOf(row) })}
        className="size-4 align-middle accent-(--accent)"
        checked={chosen === "all" || chosen?.has(row.id) === true}
        onChange={() => onToggle?.(row.id)}
      />
    );
  }

  function promptCell(row: ItemRow): ReactNode {
    return (
      <Link
        href={`/items/${row.id}`}
        data-item={row.id}
        dir="auto"
        // Whoever comes back goes on from here.
        ref={(link) => {
          if (link && whereInList.read(projectId)?.itemId === row.id && document.activeElement === document.body) {
            link.focus({ preventScroll: false });
          }
        }}
        onClick={() => whereInList.keep(projectId, { href: itemsHref(projectId, filter), itemId: row.id })}
        // Scrolled to, it stands clear of the bar of a selection.
        className="block max-w-96 scroll-mb-20 truncate text-accent underline-offset-3 hover:underline max-md:max-w-52 max-md:scroll-mb-72"
      >
        {excerptOf(row) || row.id}
      </Link>
    );
  }
}
