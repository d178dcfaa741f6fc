"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { AuditAction, type AuditEventView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "../../components/moment.tsx";
import { MoreButton } from "../../components/more-button.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { AuditDetails } from "./audit-details.tsx";
import { auditQuery } from "./people-queries.ts";

/** What was done with power, by whom and when; newest first. */
export function AuditPage(): ReactNode {
  const t = useTranslations("people");
  const events = useInfiniteQuery(auditQuery);
  const crumbs = [
    { label: t("title"), href: "/people" },
    { label: t("audit.title"), href: "/people/audit" },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <PageHead title={t("audit.title")} />
      <QueryView query={events}>
        {({ pages }) => (
          <div className="rounded-lg border border-line bg-surface">
            <AuditTable events={pages.flatMap((page) => page.items)} />
            <MoreButton query={events} />
          </div>
        )}
      </QueryView>
    </WorkspaceFrame>
  );
}

function AuditTable({ events }: { readonly events: readonly AuditEventView[] }): ReactNode {
  const t = useTranslations("people.audit");
  const columns: Column<AuditEventView>[] = [
    { id: "at", header: t("at"), cell: ({ at }) => <Moment at={at} /> },
    {
      id: "actor",
      header: t("actor"),
      cell: (event) => <ActorName event={event} />,
    },
    { id: "action", header: t("action"), cell: ({ action }) => <ActionName action={action} /> },
    {
      id: "subject",
      header: t("subject"),
      wide: true,
      cell: ({ subject }) => (
        <code className="text-xs text-ink-3" title={subject}>
          {subject.slice(0, 8)}
        </code>
      ),
    },
    {
      id: "detail",
      header: t("detail"),
      wrap: true,
      wide: true,
      cell: ({ detail }) => <AuditDetails detail={detail} />,
    },
  ];
  return <Table label={t("title")} columns={columns} rows={events} rowKey={({ id }) => id} />;
}

/** Who did it, and by what: a script in somebody's name is not the person. */
function ActorName({ event }: { readonly event: AuditEventView }): ReactNode {
  const t = useTranslations("people.audit");
  const { actor, via, token } = event;
  if (event.action === "session.refused") return <span className="text-ink-3">{t("unknown")}</span>;
  if (actor === null) return <span className="text-ink-3">{t("system")}</span>;
  return (
    <span className="grid">
      <span>{actor}</span>
      {via === "session" ? <span className="text-xs text-ink-3">{t("bySession")}</span> : null}
      {via === "token" ? (
        <span className="max-w-40 text-xs whitespace-normal text-ink-3 [overflow-wrap:anywhere]">
          {t("byToken", { name: token ?? "" })}
        </span>
      ) : null}
    </span>
  );
}

/** What was done; an action that this page does not know stands by its code. */
function ActionName({ action }: { readonly action: string }): ReactNode {
  const t = useTranslations("people.audit.actions");
  const known = AuditAction.safeParse(action);
  return known.success ? <span title={action}>{t(known.data)}</span> : <code className="text-xs">{action}</code>;
}
