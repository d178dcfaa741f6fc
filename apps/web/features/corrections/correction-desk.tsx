"use client";
import { useQuery } from "@tanstack/react-query";
import type { OwnTask } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useMemo, useState, useSyncExternalStore } from "react";
import { flushSync } from "react-dom";
import { Button } from "../../components/button.tsx";
import { Moment } from "../../components/moment.tsx";
import { Drawer } from "../../components/overlays/drawer.tsx";
import { guidelineQuery } from "../workbench/guideline-query.ts";
import { quickScale } from "../workbench/questions/kinds.ts";
import { SheetAnswers } from "../workbench/questions/sheet.ts";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import { deskId } from "../workbench/state/focus-desk.ts";
import { guidelineParts, ruleOf } from "../workbench/text/guideline-parts.ts";
import { useTaskOnScreen } from "../workbench/use-task-on-screen.ts";
import { AnswerPair } from "../workbench/views/answer-pair.tsx";
import { flagCommentId } from "../workbench/views/flag-comment.tsx";
import { GuidelineRule } from "../workbench/views/guideline-rule.tsx";
import { GuidelineText } from "../workbench/views/guideline-text.tsx";
import { PromptPanel } from "../workbench/views/prompt-panel.tsx";
import { MediaOfDesk } from "../workbench/views/shown-media.tsx";
import { CorrectionFoot } from "./correction-foot.tsx";
import type { CorrectionSession } from "./correction-session.ts";
import { goTo, recentHref } from "./places.ts";
import { useCorrectionKeys } from "./use-correction-keys.ts";

interface CorrectionDeskProps {
  readonly projectId: string;
  readonly own: OwnTask;
  readonly session: CorrectionSession;
}

/** Prompt, answers and scale as they were, with the former answer in its place. */
export function CorrectionDesk({ projectId, own, session }: CorrectionDeskProps): ReactNode {
  const t = useTranslations("corrections");
  const desk = useTranslations("workbench");
  const inWords = useAnswerWords();
  const snapshot = useSyncExternalStore(session.subscribe, session.read, session.read);
  const [differences, setDifferences] = useState(false);
  const [guidelineOpen, setGuidelineOpen] = useState(false);
  const { task } = session;
  const version = task.guidelineVersion;
  const guideline = useQuery(guidelineQuery(projectId, version)).data;
  const locale = useLocale();
  const parts = useMemo(() => guidelineParts(guideline?.text ?? "", locale), [guideline, locale]);
  const leave = (): void => goTo(recentHref(projectId));
  const turn = (): void => setDifferences(!differences);
  useTaskOnScreen(session, task);
  const flag = (): void => {
    // At once, so that the next letter typed goes into the field and not to a key.
    flushSync(() => session.changeNote({ ...session.read().note, flagged: true }));
    document.getElementById(flagCommentId)?.focus();
  };
  useCorrectionKeys(session, {
    guidelineOpen,
    onGuideline: setGuidelineOpen,
    onDifferences: turn,
    onFlag: flag,
    onLeave: leave,
  });
  return (
    <>
      <main id={deskId} tabIndex={-1} className="workbench-page flex flex-col outline-none">
        <section aria-label={desk("prompt")} className="workbench-prompt">
          <PromptPanel prompt={task.prompt} />
          <GuidelineRule
            version={version}
            rule={guideline ? ruleOf(parts) : undefined}
            open={guidelineOpen}
            onToggle={() => setGuidelineOpen(!guidelineOpen)}
          />
        </section>
        <div className="flex flex-wrap items-center gap-x-3 pb-3 text-xs text-ink-2">
          <p>{t("said", { answer: inWords(task.questions, own.answers) })}</p>
          <Moment at={own.createdAt} />
          {session.changed() ? (
            <Button variant="ghost" className="text-xs" onClick={() => session.reset()}>
              {t("asItWas")}
            </Button>
          ) : null}
        </div>
        {quickScale(task) ? (
          <AnswerPair task={task} differences={differences} />
        ) : (
          <SheetAnswers task={task} snapshot={snapshot} session={session} differences={differences} />
        )}
      </main>
      <MediaOfDesk task={task} next={undefined} />
      <CorrectionFoot
        snapshot={snapshot}
        session={session}
        differences={differences}
        onDifferences={turn}
        onFlag={flag}
        onLeave={leave}
      />
      <Drawer title={desk("guideline", { version })} open={guidelineOpen} onClose={() => setGuidelineOpen(false)}>
        <GuidelineText parts={parts} />
      </Drawer>
    </>
  );
}
