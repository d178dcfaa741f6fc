"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { NoticeView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { api } from "../../api/client.ts";
import { Moment } from "../../components/moment.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { noticesQuery } from "./notice-queries.ts";

/** What admins are told: how many notices are new, and the latest in a list that opens below. Looking at them reads them. */
export function NoticeBell(): ReactNode {
  return useHasRole("admin") ? <Bell /> : null;
}

function Bell(): ReactNode {
  const t = useTranslations("shell.notices");
  const client = useQueryClient();
  const { items, unread } = useQuery(noticesQuery).data ?? { items: [], unread: 0 };
  const read = useMutation({
    mutationFn: (upTo: string) => api.readNotices({ body: { upTo } }),
    onSuccess: () => client.invalidateQueries({ queryKey: noticesQuery.queryKey }),
  });
  const id = useId();
  const [newest] = items;
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-label={t("label", { count: unread })}
        className="relative grid size-(--control) place-items-center rounded-md text-ink-2 hover:bg-sunken hover:text-ink max-md:size-(--control-touch)"
      >
        <svg aria-hidden="true" viewBox="0 0 16 16" className="size-4 fill-none stroke-current" strokeWidth="1.3">
          <path
            d="M8 2a4 4 0 0 0-4 4v2.5L2.7 11.5h10.6L12 8.5V6a4 4 0 0 0-4-4ZM6.5 13.2a1.6 1.6 0 0 0 3 0"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        </svg>
        {unread > 0 ? (
          <span aria-hidden="true" className="absolute top-0.5 right-0.5 size-2 rounded-full bg-accent" />
        ) : null}
      </button>
      <div
        id={id}
        popover="auto"
        className="fixed inset-auto top-12 right-[max(var(--page-edge),(100%-var(--page))/2)] m-0 max-h-[70vh] w-80 max-w-[calc(100vw-2*var(--page-edge))] overflow-y-auto rounded-lg border border-line bg-surface p-4 text-ink shadow-md"
        onToggle={(event) => {
          // Read once it is closed, so that what is new can be told while it is looked at.
          if (event.newState === "closed" && unread > 0 && newest) read.mutate(newest.createdAt);
        }}
      >
        <h2 className="mb-2 text-base">{t("title")}</h2>
        {items.length === 0 ? <p className="text-ink-2">{t("none")}</p> : null}
        <ul className="grid gap-3">
          {items.map((notice) => (
            <Notice key={notice.id} notice={notice} />
          ))}
        </ul>
      </div>
    </>
  );
}

function Notice({ notice }: { readonly notice: NoticeView }): ReactNode {
  const t = useTranslations("shell.notices");
  const { projectId, project, fileName, batch, tasks, judgements, webhookHost, read, createdAt } = notice;
  const lot = t(fileName === null ? "batchDone" : "fileDone", { project, file: fileName ?? "", batch });
  return (
    <li className="grid justify-items-start gap-0.5 [overflow-wrap:anywhere]">
      <p className="flex items-baseline gap-2">
        {read ? null : <i aria-hidden="true" className="mark" data-state="running" />}
        <span>{webhookHost === null ? lot : t("webhookOff", { project, host: webhookHost })}</span>
      </p>
      <p className="text-xs text-ink-3">
        {webhookHost === null ? `${t("counts", { tasks, judgements })} · ` : ""}
        <Moment at={createdAt} />
      </p>
      <TextLink href={`/projects/${projectId}${webhookHost === null ? "" : "/settings/webhooks"}`} className="text-xs">
        {t(webhookHost === null ? "open" : "openWebhooks")}
      </TextLink>
    </li>
  );
}
