"use client";
import { ApiError } from "@touchstone/api-client";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { lazyPart } from "../../components/lazy-part.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import { deskId } from "./state/focus-desk.ts";
import { restScreen } from "./state/wake-keeper.ts";
import type { WorkbenchSnapshot } from "./state/work-board.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { usePainted } from "./use-task-on-screen.ts";
import { LastChoice } from "./views/last-choice.tsx";
import { singlePress } from "./views/single-press.ts";

/** Refused by name, or others to wait for: told by a part that knows what can be done about each. */
const Stopped = lazyPart(async () => (await import("./later.ts")).Stopped);

interface WorkbenchRestProps {
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
  readonly projectId: string;
}

/** The desk without a task: on its way, offline, failed, nothing left, or the project rests. The last choice can still be undone. */
export function WorkbenchRest({ snapshot, session, projectId }: WorkbenchRestProps): ReactNode {
  const t = useTranslations("workbench");
  const { work, outbox } = snapshot;
  const undo = (at: number): void => void session.undo(at);
  usePainted(session, restScreen);
  useKeys(work.last ? [{ key: "z", label: t("undo"), run: undo }] : []);
  return (
    <main
      id={deskId}
      tabIndex={-1}
      className="workbench-page py-8 outline-none"
      data-asleep={snapshot.sleep ?? undefined}
    >
      <RestReason snapshot={snapshot} session={session} projectId={projectId} />
      <div className="flex items-center gap-2">
        <LastChoice
          work={work}
          outbox={outbox}
          onDiscard={() => session.discardRefused()}
          onReason={(reason) => void session.explainSkip(reason)}
        />
        {work.last ? (
          <Button
            variant="ghost"
            shortcut="z"
            aria-disabled={snapshot.sleep !== null || undefined}
            onClick={(event) => {
              const press = singlePress(event.nativeEvent);
              if (press) undo(press.at);
            }}
          >
            {t("undo")}
          </Button>
        ) : null}
      </div>
    </main>
  );
}

/** Why no task is there. */
function RestReason({ snapshot: { work, outbox }, session, projectId }: WorkbenchRestProps): ReactNode {
  const t = useTranslations("workbench");
  // Before a claim that failed, which is no surprise then.
  if (outbox.connection === "offline" && outbox.pending > 0) {
    return <EmptyState title={t("waiting.title")}>{t("waiting.body")}</EmptyState>;
  }
  const stopped = (action?: ReactNode): ReactNode => (
    <Suspense fallback={<Loading />}>
      <Stopped work={work} projectId={projectId} onClaim={() => void session.claim()} action={action} />
    </Suspense>
  );
  if (work.phase === "failed" && work.error instanceof ApiError) return stopped();
  if (work.phase === "failed") return <ProblemNotice error={work.error} onRetry={() => void session.claim()} />;
  if (work.phase === "empty") {
    const reason = work.standing === "open" ? "empty" : work.standing;
    const action = (
      <div className="flex flex-wrap gap-2">
        <ButtonLink href="/work">{t("empty.action")}</ButtonLink>
        <Button variant="ghost" onClick={() => void session.claim()}>
          {t("empty.look")}
        </Button>
      </div>
    );
    if (reason === "empty" && work.waits.length > 0) return stopped(action);
    return (
      <EmptyState title={t(`${reason}.title`)} action={action}>
        {t(`${reason}.body`)}
      </EmptyState>
    );
  }
  return <Loading />;
}
