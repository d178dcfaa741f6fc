"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { LinkView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { projectsQuery } from "../projects/project-queries.ts";
import { linksQuery } from "./people-queries.ts";

const chips: Record<LinkView["state"], ChipState> = { open: "ok", used: "rest", expired: "rest", revoked: "rest" };

export function Links(): ReactNode {
  const t = useTranslations("people.links");
  const links = useQuery(linksQuery);
  return (
    <Card title={t("title")} note={t("note")} flush>
      <QueryView query={links}>
        {({ items }) =>
          items.length === 0 ? <p className="px-4 pb-4 text-ink-3">{t("empty")}</p> : <LinkTable links={items} />
        }
      </QueryView>
    </Card>
  );
}

function LinkTable({ links }: { readonly links: readonly LinkView[] }): ReactNode {
  const t = useTranslations("people.links");
  const roles = useTranslations("shell.role");
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const about = (link: LinkView): string => {
    if (link.kind === "open") return projects.find(({ id }) => id === link.projectId)?.name ?? "";
    return link.kind === "invitation" ? [roles(link.role), link.note].filter(Boolean).join(" · ") : link.note;
  };
  const columns: Column<LinkView>[] = [
    {
      id: "kind",
      header: t("kind"),
      wrap: true,
      cell: (link) => (
        <span className="grid">
          <span>{t(`kinds.${link.kind}`)}</span>
          <span className="text-xs text-ink-3">{about(link)}</span>
        </span>
      ),
    },
    {
      id: "used",
      header: t("used"),
      numeric: true,
      wide: true,
      cell: ({ used, capacity }) => t("usedOf", { used, capacity }),
    },
    {
      id: "expires",
      header: t("expires"),
      numeric: true,
      wide: true,
      cell: ({ expiresAt }) => <Moment at={expiresAt} />,
    },
    { id: "state", header: t("state"), cell: ({ state }) => <Chip state={chips[state]}>{t(`states.${state}`)}</Chip> },
    { id: "revoke", header: <span className="sr-only">{t("revoke")}</span>, cell: (link) => <Revoke link={link} /> },
  ];
  return <Table label={t("title")} columns={columns} rows={links} rowKey={({ id }) => id} />;
}

function Revoke({ link }: { readonly link: LinkView }): ReactNode {
  const t = useTranslations("people.links");
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.revokeLink({ params: { id: link.id } }),
    onSettled: () => client.invalidateQueries({ queryKey: linksQuery.queryKey }),
  });
  if (link.state !== "open") return null;
  return (
    <Button variant="ghost" pending={revoke.isPending} onClick={() => revoke.mutate()}>
      {t("revoke")}
    </Button>
  );
}
