"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, Suspense, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { lazyPart } from "../../components/lazy-part.ts";
import { Loading } from "../../components/loading.tsx";
import type { HeldTasks } from "../offline/held-tasks.ts";
import { keepDeskPage } from "../offline/keep-desk-page.ts";
import { useDeskPapers } from "../offline/use-desk-papers.ts";
import { useSession } from "../session/signed-in.tsx";
import { workQuery } from "../work/work-query.ts";
import type { DeskPanel } from "./panels/desk-panel.ts";
import { leftOf, todayOf } from "./state/left.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { useWorkbench } from "./use-workbench.ts";
import { KeptHere } from "./views/kept-here.tsx";
import { SavedChip } from "./views/saved-chip.tsx";
import { WorkbenchBar } from "./views/workbench-bar.tsx";
import { WorkbenchDesk, type WorkbenchDeskProps } from "./workbench-desk.tsx";
import { WorkbenchRest } from "./workbench-rest.tsx";

const loadLater = () => import("./later.ts");
/** Long enough for all that the first task takes; it is there then, should the line be cut. */
const laterMs = 4_000;
/** What was judged here, and questions: fetched once somebody moves or presses a key, and nobody waits for it. */
const DeskTools = lazyPart(async () => {
  await new Promise((moved) => {
    addEventListener("pointerover", moved, { once: true });
    addEventListener("keydown", moved, { once: true });
    setTimeout(moved, laterMs);
  });
  // Without a network neither can be had; the desk goes on.
  const part = await loadLater().catch(() => null);
  return part ? part.DeskTools : () => null;
});
/** What its keys mean before it is here: it opens with what was pressed. */
function EarlyKeys({ press }: { readonly press: (key: string) => void }): null {
  useKeys(["q", "h"].map((key) => ({ key, run: () => press(key) })));
  return null;
}
/** What is looked at now and then. */
const DeskPanels = lazyPart(async () => (await loadLater()).DeskPanels);

/** Few ever see it. */
const WorkbenchElsewhere = lazyPart(() => import("./workbench-elsewhere.tsx").then((file) => file.WorkbenchElsewhere));

/** What most projects have nothing of. */
const BlurredTask = lazyPart(() => import("./blurred/blurred-task.tsx").then((file) => file.BlurredTask));

/** Where people judge: one task on the screen, the next one behind it, everything under the keys. */
export function Workbench({ projectId }: { readonly projectId: string }): ReactNode {
  const place = useWorkbench(projectId);
  const locale = useLocale();
  // External system: the service worker, which keeps the page in the language in which it is read.
  useEffect(() => (locale ? keepDeskPage(`/work/${projectId}`) : undefined), [projectId, locale]);
  switch (place.kind) {
    case "here":
      return <OpenWorkbench projectId={projectId} session={place.session} held={place.held} />;
    case "elsewhere":
      return (
        <Suspense fallback={<Loading />}>
          <WorkbenchElsewhere onTakeOver={place.takeOver} />
        </Suspense>
      );
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
  readonly held: HeldTasks;
}

function OpenWorkbench({ projectId, session, held }: OpenWorkbenchProps): ReactNode {
  const snapshot = useSyncExternalStore(session.subscribe, session.read, session.read);
  const { unheard, ends } = useSyncExternalStore(held.subscribe, held.read, held.read);
  const [guidelineOpen, setGuidelineOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const early = useRef("");
  const [panel, setPanel] = useState<DeskPanel | null>(null);
  const [note, setNote] = useState<ReactNode>(null);
  const t = useTranslations("workbench.panels");
  const { work, outbox } = snapshot;
  const item = useQuery(workQuery).data?.items.find((one) => one.projectId === projectId);
  const task = work.queue[0];
  const left = leftOf(item, work);
  const memberId = useSession().member.id;
  useDeskPapers(memberId, projectId, work.queue);
  const decided = work.last?.key;
  // External systems: the network, and the clock by which a break is suggested, between two tasks.
  useEffect(() => {
    const parting = new AbortController();
    const start = async (): Promise<void> => {
      const { followWork } = await loadLater();
      followWork(memberId, decided, setNote, parting.signal);
    };
    const timer = setTimeout(() => void start().catch(() => undefined), decided ? 0 : laterMs);
    return () => {
      clearTimeout(timer);
      parting.abort();
    };
  }, [memberId, decided]);
  const toggle = (one: DeskPanel) => () => setPanel(panel === one ? null : one);
  useKeys([
    { key: ",", label: t("day"), run: toggle("day") },
    { key: ";", label: t("waiting"), run: toggle("waiting") },
  ]);
  const retry = (): void => {
    session.retry();
    if (unheard && outbox.pending === 0) void session.claim();
  };
  return (
    <div className="workbench" data-drawer={asking || (guidelineOpen && task !== undefined) || panel || undefined}>
      <WorkbenchBar
        project={item?.name ?? ""}
        today={todayOf(work)}
        left={left}
        note={note}
        onDay={toggle("day")}
        saved={
          <div className="flex items-center gap-3">
            <Suspense
              fallback={
                <EarlyKeys
                  press={(key) => {
                    early.current = key;
                  }}
                />
              }
            >
              <DeskTools projectId={projectId} taskId={task?.taskId} open={asking} onOpen={setAsking} early={early} />
            </Suspense>
            <SavedChip outbox={unheard ? { ...outbox, connection: "offline" } : outbox} onList={toggle("waiting")} />
          </div>
        }
      />
      {task && unheard ? <KeptHere endsAt={ends.get(task.lease.id)} /> : null}
      {task ? (
        <DeskOfTask
          task={task}
          snapshot={snapshot}
          session={session}
          guidelineOpen={guidelineOpen}
          onGuideline={setGuidelineOpen}
        />
      ) : (
        <WorkbenchRest snapshot={snapshot} session={session} projectId={projectId} />
      )}
      {panel ? (
        <Suspense>
          <DeskPanels
            panel={panel}
            onClose={() => setPanel(null)}
            onRetry={retry}
            projectId={projectId}
            session={session}
            snapshot={snapshot}
          />
        </Suspense>
      ) : null}
    </div>
  );
}

/** A task on the desk, once what its questions take is here. */
export function DeskOfTask(props: WorkbenchDeskProps): ReactNode {
  return (
    <Suspense fallback={<Loading />}>
      {props.snapshot.blurred ? <BlurredTask key={props.task.lease.id} {...props} /> : <WorkbenchDesk {...props} />}
    </Suspense>
  );
}
