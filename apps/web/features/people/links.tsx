"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { LinkView, Reach } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { projectsQuery } from "../projects/project-queries.ts";
import { Confirm } from "./confirm.tsx";
import { LinkDialog } from "./link-dialog.tsx";
import { linksQuery } from "./people-queries.ts";

const chips: Record<LinkView["state"], ChipState> = { open: "ok", used: "rest", expired: "rest", revoked: "rest" };

interface LinksProps {
  /** Only those of this project. */
  readonly projectId?: string;
}

export function Links({ projectId }: LinksProps): ReactNode {
  const t = useTranslations("people.links");
  const links = useQuery(linksQuery);
  return (
    <Card title={t("title")} note={t("note")} flush>
      <QueryView query={links}>
        {({ items, reach }) => {
          const shown = projectId ? items.filter((link) => link.projectId === projectId) : items;
          return shown.length === 0 ? (
            <p className="px-4 pb-4 text-ink-3">{t("empty")}</p>
          ) : (
            <LinkTable links={shown} reach={reach} />
          );
        }}
      </QueryView>
    </Card>
  );
}

interface LinkTableProps {
  readonly links: readonly LinkView[];
  readonly reach: Reach;
}

function LinkTable({ links, reach }: LinkTableProps): ReactNode {
  const t = useTranslations("people.links");
  const roles = useTranslations("shell.role");
  const projects = useQuery(projectsQuery).data?.items ?? [];
  const projectOf = (link: LinkView) => projects.find(({ id }) => id === link.projectId);
  const about = (link: LinkView): string => {
    if (link.kind === "open") {
      return [projectOf(link)?.name, link.nameAlone ? t("byName") : ""].filter(Boolean).join(" · ");
    }
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
    {
      id: "state",
      header: t("state"),
      cell: (link) => <LinkState state={link.state} rests={projectOf(link)?.state === "archived"} />,
    },
    {
      id: "actions",
      header: <span className="sr-only">{t("revoke")}</span>,
      cell: (link) => <LinkActions link={link} about={about(link)} reach={reach} />,
    },
  ];
  return <Table label={t("title")} columns={columns} rows={links} rowKey={({ id }) => id} />;
}

/** An open link of an archived project lets nobody in until that is restored. */
function LinkState({ state, rests }: { readonly state: LinkView["state"]; readonly rests: boolean }): ReactNode {
  const t = useTranslations("people.links");
  if (state === "open" && rests) return <Chip state="rest">{t("rests")}</Chip>;
  return <Chip state={chips[state]}>{t(`states.${state}`)}</Chip>;
}

interface LinkActionsProps {
  readonly link: LinkView;
  readonly about: string;
  readonly reach: Reach;
}

/** What can still be done with a link: open ones are shown again, and all can be revoked. */
function LinkActions({ link, about, reach }: LinkActionsProps): ReactNode {
  const t = useTranslations("people.links");
  const [dialog, setDialog] = useState<"show" | "revoke" | null>(null);
  const close = (): void => setDialog(null);
  if (link.state !== "open") return null;
  const { path } = link;
  return (
    <span className="flex items-center justify-end gap-1">
      {path ? (
        <Button variant="ghost" onClick={() => setDialog("show")}>
          {t("show")}
        </Button>
      ) : null}
      {link.kind === "open" && !path ? (
        <span className="text-xs whitespace-normal text-ink-3">{t("notKept")}</span>
      ) : null}
      <Button variant="ghost" onClick={() => setDialog("revoke")}>
        {t("revoke")}
      </Button>
      {path && dialog === "show" ? <LinkDialog link={{ ...link, path }} reach={reach} onClose={close} /> : null}
      {dialog === "revoke" ? <Revoke link={link} about={about} onClose={close} /> : null}
    </span>
  );
}

interface RevokeProps {
  readonly link: LinkView;
  readonly about: string;
  readonly onClose: () => void;
}

function Revoke({ link, about, onClose }: RevokeProps): ReactNode {
  const t = useTranslations("people.links");
  const client = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => api.revokeLink({ params: { id: link.id } }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: linksQuery.queryKey }),
  });
  return (
    <Confirm
      title={t("revokeTitle", { kind: t(`kinds.${link.kind}`), about: about || "–" })}
      action={t("revoke")}
      pending={revoke.isPending}
      problem={revoke.error}
      onConfirm={() => revoke.mutate()}
      onCancel={onClose}
    >
      {t("revokeBody", { used: link.used, capacity: link.capacity })}
    </Confirm>
  );
}
