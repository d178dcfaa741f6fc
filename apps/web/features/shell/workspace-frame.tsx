"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { Loading } from "../../components/loading.tsx";
import { useSession } from "../session/signed-in.tsx";
import { AppFrame } from "./app-frame.tsx";
import type { Crumb } from "./crumbs.tsx";

interface WorkspaceFrameProps {
  /** From the tab down to this page. */
  readonly crumbs: readonly Crumb[];
  readonly children: ReactNode;
}

const staffRooms = ["projects", "models", "work"] as const;
const roomsOf = {
  admin: [...staffRooms, "people"],
  researcher: staffRooms,
  reviewer: staffRooms,
  annotator: ["work"],
} as const;

/** What all pages above a single project share: the rooms of the workspace as tabs, by role. */
export function WorkspaceFrame({ crumbs, children }: WorkspaceFrameProps): ReactNode {
  const t = useTranslations("shell");
  const { member, workspace } = useSession();
  const items = roomsOf[member.role].map((name) => ({ label: t(`pages.${name}`), href: `/${name}` }));
  return (
    <AppFrame crumbs={crumbs} tabs={{ label: workspace.name, items }}>
      {/* Parts of a page that are fetched when they are first shown. */}
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </AppFrame>
  );
}
