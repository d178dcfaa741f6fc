"use client";
import type { Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Button } from "../../../components/button.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { Loading } from "../../../components/loading.tsx";
import { useBackCloses } from "../../../components/overlays/use-back-closes.ts";
import { KeySheet } from "../../shell/key-sheet.tsx";
import type { WorkbenchSession } from "../../workbench/state/workbench-session.ts";
// The desk whole: of a part of it the desk's own scripts would be cut in two, and be larger.
import { DeskOfTask } from "../../workbench/workbench.tsx";
import { answerCounts, usualCount } from "./example-task.ts";
import { useExampleDesk } from "./use-example-desk.ts";

/** What is tried. */
export interface Trial {
  readonly questions: readonly Question[];
  readonly guidelineVersion: number;
}

interface PreviewProps {
  readonly projectId: string;
  readonly trial: Trial;
  readonly onClose: () => void;
}

/** The workbench itself with an example on it, its keys and all. What is said there goes nowhere. */
export function Preview({ projectId, trial, onClose }: PreviewProps): ReactNode {
  const t = useTranslations("questionnaires.preview");
  const { questions, guidelineVersion } = trial;
  const counts = answerCounts(questions);
  const [answers, setAnswers] = useState(() => usualCount(counts));
  const [guidelineOpen, setGuidelineOpen] = useState(false);
  const session = useExampleDesk({ projectId, guidelineVersion, questions, answers });
  useBackCloses(true, onClose);
  // An open guideline is closed first.
  useKeys(guidelineOpen ? [] : [{ key: "Escape", label: t("back"), run: onClose }]);
  return (
    <div className="workbench" data-drawer={guidelineOpen || undefined}>
      <header className="workbench-bar">
        <h1 className="text-sm tracking-normal">{t("title")}</h1>
        <div>
          {counts.length > 1 ? (
            <label className="flex items-center gap-2 text-xs text-ink-2">
              <span className="max-md:sr-only">{t("answers")}</span>
              <select
                className="h-(--control) rounded-md border border-line-strong bg-surface px-2 text-md"
                value={answers}
                onChange={(event) => setAnswers(Number(event.target.value))}
              >
                {counts.map((count) => (
                  <option key={count} value={count}>
                    {count}
                  </option>
                ))}
              </select>
            </label>
          ) : null}
        </div>
        <div className="flex items-center justify-end gap-1">
          <Button shortcut="Escape" onClick={onClose}>
            {t("back")}
          </Button>
          <KeySheet className="max-md:hidden" />
        </div>
      </header>
      {session ? <Desk session={session} guidelineOpen={guidelineOpen} onGuideline={setGuidelineOpen} /> : null}
    </div>
  );
}

interface DeskProps {
  readonly session: WorkbenchSession;
  readonly guidelineOpen: boolean;
  readonly onGuideline: (open: boolean) => void;
}

function Desk({ session, guidelineOpen, onGuideline }: DeskProps): ReactNode {
  const snapshot = useSyncExternalStore(session.subscribe, session.read, session.read);
  const task = snapshot.work.queue[0];
  if (!task) return <Loading />;
  return (
    <DeskOfTask
      task={task}
      snapshot={snapshot}
      session={session}
      guidelineOpen={guidelineOpen}
      onGuideline={onGuideline}
    />
  );
}
