"use client";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { Loading } from "../../components/loading.tsx";
import { keepDeskPage } from "../offline/keep-desk-page.ts";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { workQuery } from "../work/work-query.ts";
import type { Correction, CorrectionBox } from "./correction-box.ts";
import { CorrectionPage } from "./correction-page.tsx";
import { goTo, recentHref } from "./places.ts";
import { RecentList } from "./recent-list.tsx";
import { useCorrectionBox } from "./use-correction-box.ts";

/** What somebody has judged in a project, and one of it to be corrected where the address names it. */
export function RecentPage({ projectId }: { readonly projectId: string }): ReactNode {
  const locale = useLocale();
  const box = useCorrectionBox(projectId);
  // External system: the service worker, which keeps the page in the language in which it is read.
  useEffect(() => (locale ? keepDeskPage(recentHref(projectId)) : undefined), [projectId, locale]);
  if (!box) {
    return (
      <main className="page-edges py-6">
        <Loading />
      </main>
    );
  }
  return <OpenRecent projectId={projectId} box={box} />;
}

function OpenRecent({ projectId, box }: { readonly projectId: string; readonly box: CorrectionBox }): ReactNode {
  const t = useTranslations("corrections");
  const work = useTranslations("work");
  const answer = useSearchParams().get("answer");
  const snapshot = useSyncExternalStore(box.subscribe, box.read, box.read);
  const [made, setMade] = useState<Correction | "unchanged">();
  const name = useQuery(workQuery).data?.items.find((one) => one.projectId === projectId)?.name;
  // The same at each render: the correction that lies open ends by it.
  const onDone = useCallback(
    (correction: Correction | undefined): void => {
      setMade(correction ?? "unchanged");
      goTo(recentHref(projectId));
    },
    [projectId],
  );
  if (answer !== null) {
    return (
      <CorrectionPage
        key={answer}
        project={name ?? ""}
        projectId={projectId}
        id={answer}
        box={box}
        snapshot={snapshot}
        onDone={onDone}
      />
    );
  }
  const crumbs = [
    { label: work("title"), href: "/work" },
    { label: name ?? t("project"), href: `/work/${projectId}` },
    { label: t("title"), href: recentHref(projectId) },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <RecentList projectId={projectId} box={box} snapshot={snapshot} made={made} onMade={setMade} />
    </WorkspaceFrame>
  );
}
