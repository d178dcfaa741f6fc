"use client";
import { useQuery } from "@tanstack/react-query";
import type { ItemFilter } from "@touchstone/contracts";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useSession } from "../session/signed-in.tsx";
import { savedViewsQuery } from "./browse-queries.ts";
import { itemsHref } from "./item-filter.ts";
import { KeepView, ManageView } from "./saved-view-actions.tsx";

interface SavedViewsProps {
  readonly projectId: string;
  readonly filter: ItemFilter;
}

/** Searches that somebody has kept for all staff of the project, and a way to keep the present one. */
export function SavedViews({ projectId, filter }: SavedViewsProps): ReactNode {
  const t = useTranslations("browse.views");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("title")}</Button>
      <Dialog label={t("title")} open={open} onClose={() => setOpen(false)}>
        <div className="grid gap-4 p-6 max-md:p-4">
          <h2 className="text-lg">{t("title")}</h2>
          <ViewList projectId={projectId} onChosen={() => setOpen(false)} />
          {Object.keys(filter).length > 0 ? (
            <UnlessArchived projectId={projectId} quiet>
              <KeepView projectId={projectId} filter={filter} />
            </UnlessArchived>
          ) : null}
        </div>
      </Dialog>
    </>
  );
}

function ViewList({ projectId, onChosen }: { readonly projectId: string; readonly onChosen: () => void }): ReactNode {
  const t = useTranslations("browse.views");
  const views = useQuery(savedViewsQuery(projectId));
  const { member } = useSession();
  return (
    <QueryView query={views}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="text-ink-2">{t("none")}</p>
        ) : (
          <ul className="grid max-h-80 gap-1 overflow-y-auto">
            {items.map((view) => (
              <li key={view.id} className="flex flex-wrap items-center gap-x-3">
                <Link
                  href={itemsHref(projectId, view.filter)}
                  onClick={onChosen}
                  dir="auto"
                  className="inline-flex min-h-8 min-w-0 items-center text-accent [overflow-wrap:anywhere] underline-offset-3 hover:underline"
                >
                  {view.name}
                </Link>
                <span className="text-xs text-ink-3">{t("by", { name: view.member.name })}</span>
                {member.role === "admin" || view.member.id === member.id ? (
                  <UnlessArchived projectId={projectId} quiet>
                    <ManageView view={view} />
                  </UnlessArchived>
                ) : null}
              </li>
            ))}
          </ul>
        )
      }
    </QueryView>
  );
}
