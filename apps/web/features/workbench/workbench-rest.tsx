"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button, ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { Loading } from "../../components/loading.tsx";
import { ProblemNotice } from "../../components/problem-notice.tsx";
import type { WorkbenchSession, WorkbenchSnapshot } from "./state/workbench-session.ts";
import { LastChoice } from "./views/last-choice.tsx";

interface WorkbenchRestProps {
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
}

/** The desk without a task: on its way, offline, failed, or nothing left. The last choice can still be undone. */
export function WorkbenchRest({ snapshot, session }: WorkbenchRestProps): ReactNode {
  const t = useTranslations("workbench");
  const { work, outbox } = snapshot;
  const undo = (): void => void session.undo();
  useKeys(work.last ? [{ key: "z", label: t("undo"), run: undo }] : []);
  return (
    <main className="workbench-page py-8">
      {work.phase === "failed" ? (
        <ProblemNotice error={work.error} onRetry={() => void session.claim()} />
      ) : work.phase === "empty" ? (
        <EmptyState
          title={t("empty.title")}
          action={
            <div className="flex flex-wrap gap-2">
              <ButtonLink href="/work">{t("empty.action")}</ButtonLink>
              <Button variant="ghost" onClick={() => void session.claim()}>
                {t("empty.look")}
              </Button>
            </div>
          }
        >
          {t("empty.body")}
        </EmptyState>
      ) : outbox.connection === "offline" && outbox.pending > 0 ? (
        <EmptyState title={t("waiting.title")}>{t("waiting.body")}</EmptyState>
      ) : (
        <Loading />
      )}
      <div className="flex items-center gap-2">
        <LastChoice work={work} outbox={outbox} onDiscard={() => session.discardRefused()} />
        {work.last ? (
          <Button variant="ghost" shortcut="z" onClick={undo}>
            {t("undo")}
          </Button>
        ) : null}
      </div>
    </main>
  );
}
