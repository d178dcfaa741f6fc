"use client";
import { useQuery } from "@tanstack/react-query";
import type { LeasedTask } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, Suspense, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { lazyPart } from "../../components/lazy-part.ts";
import { Loading } from "../../components/loading.tsx";
import { guidelineQuery } from "./guideline-query.ts";
import { quickScale } from "./questions/kinds.ts";
import { useAnswerWords } from "./questions/use-answer-words.ts";
import { deskId } from "./state/focus-desk.ts";
import { guidelineNews } from "./state/guideline-news.ts";
import type { WorkbenchSnapshot } from "./state/work-board.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { guidelineParts, ruleOf } from "./text/guideline-parts.ts";
import { useTaskOnScreen } from "./use-task-on-screen.ts";
import { useWorkbenchKeys } from "./use-workbench-keys.ts";
import { AnswerPair } from "./views/answer-pair.tsx";
import { flagCommentId } from "./views/flag-comment.tsx";
import { GuidelineRule } from "./views/guideline-rule.tsx";
import { PromptPanel } from "./views/prompt-panel.tsx";
import { MediaOfDesk } from "./views/shown-media.tsx";
import { WorkbenchFoot } from "./workbench-foot.tsx";

export interface WorkbenchDeskProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
  readonly guidelineOpen: boolean;
  readonly onGuideline: (open: boolean) => void;
}

const GuidelineDrawer = lazyPart(async () => (await import("./later.ts")).GuidelineDrawer);
const SheetAnswers = lazyPart(() => import("./questions/sheet.ts").then((file) => file.SheetAnswers));

/** Prompt, answers, scale: the desk with a task on it. */
export function WorkbenchDesk({ task, snapshot, session, guidelineOpen, onGuideline }: WorkbenchDeskProps): ReactNode {
  const t = useTranslations("workbench");
  const inWords = useAnswerWords();
  const [differences, setDifferences] = useState(false);
  const guideline = useQuery(guidelineQuery(task.projectId, task.guidelineVersion)).data;
  const locale = useLocale();
  const parts = useMemo(() => guidelineParts(guideline?.text ?? "", locale), [guideline, locale]);
  const leaseId = task.lease.id;
  const [wasOpened, setWasOpened] = useState(guidelineOpen);
  if (guidelineOpen && !wasOpened) setWasOpened(true);

  useTaskOnScreen(session, task);
  const flag = (): void => {
    // At once, so that the next letter typed goes into the field and not to a key.
    flushSync(() => session.changeNote({ ...session.read().note, flagged: true }));
    document.getElementById(flagCommentId)?.focus();
  };
  useWorkbenchKeys(task, session, {
    guidelineOpen,
    onGuideline,
    onDifferences: () => setDifferences(!differences),
    onFlag: flag,
  });
  const version = task.guidelineVersion;
  const news = guidelineNews(snapshot.work, guideline?.inForce);
  return (
    <>
      <main id={deskId} tabIndex={-1} className="workbench-page flex flex-col outline-none">
        <section aria-label={t("prompt")} className="workbench-prompt">
          <PromptPanel key={task.taskId} prompt={task.prompt} />
          <GuidelineRule
            version={version}
            rule={guideline ? ruleOf(parts) : undefined}
            open={guidelineOpen}
            onToggle={() => onGuideline(!guidelineOpen)}
          />
        </section>
        {snapshot.work.standing === "open" ? null : (
          <p className="pb-3 text-xs text-ink-2">{t(`${snapshot.work.standing}.atTask`)}</p>
        )}
        {news?.kind === "newer" ? <p className="pb-3 text-xs text-ink-2">{t("newerGuideline", { ...news })}</p> : null}
        {news?.kind === "changed" ? (
          <p className="pb-3 text-xs text-ink-2">{t("changedGuideline", { ...news })}</p>
        ) : null}
        {task.previousAnswers ? (
          <p className="pb-3 text-xs text-ink-2">
            {t("undone", { answer: inWords(task.questions, task.previousAnswers) })}
          </p>
        ) : null}
        {quickScale(task) ? (
          <AnswerPair key={leaseId} task={task} differences={differences} />
        ) : (
          <Suspense fallback={<Loading />}>
            <SheetAnswers key={leaseId} task={task} snapshot={snapshot} session={session} differences={differences} />
          </Suspense>
        )}
      </main>
      <MediaOfDesk task={task} next={snapshot.work.queue[1]} />
      <WorkbenchFoot
        task={task}
        snapshot={snapshot}
        session={session}
        differences={differences}
        onDifferences={() => setDifferences(!differences)}
        onFlag={flag}
      />
      {wasOpened ? (
        <Suspense>
          <GuidelineDrawer
            projectId={task.projectId}
            version={version}
            parts={parts}
            open={guidelineOpen}
            onClose={() => onGuideline(false)}
          />
        </Suspense>
      ) : null}
    </>
  );
}
