"use client";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Loading } from "../../components/loading.tsx";
import { workQuery } from "../work/work-query.ts";
import { leftOf } from "./state/left.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { useWorkbench } from "./use-workbench.ts";
import { SavedChip } from "./views/saved-chip.tsx";
import { WorkbenchBar } from "./views/workbench-bar.tsx";
import { WorkbenchDesk } from "./workbench-desk.tsx";
import { WorkbenchElsewhere } from "./workbench-elsewhere.tsx";
import { WorkbenchRest } from "./workbench-rest.tsx";

/** Where people judge: one task on the screen, the next one behind it, everything under the keys. */
export function Workbench({ projectId }: { readonly projectId: string }): ReactNode {
  const place = useWorkbench(projectId);
  switch (place.kind) {
    case "here":
      return <OpenWorkbench projectId={projectId} session={place.session} />;
    case "elsewhere":
      return <WorkbenchElsewhere onTakeOver={place.takeOver} />;
    case "opening":
      return (
        <main className="page-edges py-6">
          <Loading />
        </main>
      );
  }
}

interface OpenWorkbenchProps {
  readonly projectId: string;
  readonly session: WorkbenchSession;
}

function OpenWorkbench({ projectId, session }: OpenWorkbenchProps): ReactNode {
  const snapshot = useSyncExternalStore(session.subscribe, session.read, session.read);
  const [guidelineOpen, setGuidelineOpen] = useState(false);
  const { work, outbox } = snapshot;
  const item = useQuery(workQuery).data?.items.find((one) => one.projectId === projectId);
  const task = work.queue[0];
  const left = leftOf(item, work);
  return (
    <div className="workbench" data-drawer={(guidelineOpen && task !== undefined) || undefined}>
      <WorkbenchBar
        project={item?.name ?? ""}
        today={work.today}
        left={left}
        saved={<SavedChip outbox={outbox} onRetry={() => session.retry()} />}
      />
      {task ? (
        <WorkbenchDesk
          task={task}
          snapshot={snapshot}
          session={session}
          guidelineOpen={guidelineOpen}
          onGuideline={setGuidelineOpen}
        />
      ) : (
        <WorkbenchRest snapshot={snapshot} session={session} />
      )}
    </div>
  );
}
