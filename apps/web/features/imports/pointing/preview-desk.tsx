"use client";
import type { Blur, ImportReceipt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { Button } from "../../../components/button.tsx";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { Loading } from "../../../components/loading.tsx";
import { useBackCloses } from "../../../components/overlays/use-back-closes.ts";
import { KeySheet } from "../../shell/key-sheet.tsx";
import { Unblurring } from "../../workbench/blurred/unblurring.ts";
import type { WorkbenchSession } from "../../workbench/state/workbench-session.ts";
// The desk whole: of a part of it the desk's own scripts would be cut in two, and be larger.
import { DeskOfTask } from "../../workbench/workbench.tsx";
import { leasedPreview, placeOf } from "./leased-preview.ts";
import { usePreviewSession } from "./use-preview-session.ts";

interface Props extends Pick<ImportReceipt, "tasks" | "questionnaires"> {
  readonly projectId: string;
  readonly guidelineVersion: number;
  readonly blur: Blur;
  readonly onClose: () => void;
}

/** The workbench itself with the first tasks of a file on it, one after another. What is said there goes nowhere. */
export function PreviewDesk({ projectId, guidelineVersion, blur, tasks, questionnaires, onClose }: Props): ReactNode {
  const t = useTranslations("mapping.preview");
  const [leased] = useState(() => leasedPreview({ projectId, guidelineVersion, blur, tasks, questionnaires }));
  const [start, setStart] = useState(0);
  const [guidelineOpen, setGuidelineOpen] = useState(false);
  const preview = usePreviewSession(projectId, leased, start);
  useBackCloses(true, onClose);
  // An open guideline is closed first.
  useKeys(guidelineOpen ? [] : [{ key: "Escape", label: t("back"), run: onClose }]);
  const back = (
    <Button shortcut="Escape" onClick={onClose}>
      {t("back")}
    </Button>
  );
  return (
    <div className="workbench" data-drawer={guidelineOpen || undefined}>
      {preview ? (
        <Unblurring value={preview.unblur}>
          <Desk
            session={preview.session}
            back={back}
            tasks={tasks}
            onStep={(from, by) => setStart((from + by + tasks.length) % tasks.length)}
            guidelineOpen={guidelineOpen}
            onGuideline={setGuidelineOpen}
          />
        </Unblurring>
      ) : (
        <Loading />
      )}
    </div>
  );
}

interface DeskProps {
  readonly session: WorkbenchSession;
  readonly back: ReactNode;
  readonly tasks: Props["tasks"];
  readonly onStep: (from: number, by: number) => void;
  readonly guidelineOpen: boolean;
  readonly onGuideline: (open: boolean) => void;
}

function Desk({ session, back, tasks, onStep, guidelineOpen, onGuideline }: DeskProps): ReactNode {
  const t = useTranslations("mapping.preview");
  const snapshot = useSyncExternalStore(session.subscribe, session.read, session.read);
  const task = snapshot.work.queue[0];
  const place = task ? placeOf(task, tasks.length) : 0;
  const shown = tasks[place];
  useKeys([
    { key: "[", label: t("former"), run: () => onStep(place, -1) },
    { key: "]", label: t("next"), run: () => onStep(place, 1) },
  ]);
  return (
    <>
      <header className="workbench-bar">
        <div className="min-w-0 flex-1">
          <h1 className="text-sm tracking-normal">{t("title", { place: place + 1, count: tasks.length })}</h1>
          {shown ? (
            <p className="text-xs text-ink-3 max-md:hidden">
              {t("note", { line: shown.line })} {shown.judgements > 0 ? t("judged", { count: shown.judgements }) : null}
            </p>
          ) : null}
        </div>
        <div className="flex items-center justify-center gap-1">
          <Button shortcut="[" aria-label={t("former")} onClick={() => onStep(place, -1)}>
            ←
          </Button>
          <Button shortcut="]" aria-label={t("next")} onClick={() => onStep(place, 1)}>
            →
          </Button>
        </div>
        <div className="flex items-center justify-end gap-1">
          {back}
          <KeySheet className="max-md:hidden" />
        </div>
      </header>
      {task ? (
        <DeskOfTask
          task={task}
          snapshot={snapshot}
          session={session}
          guidelineOpen={guidelineOpen}
          onGuideline={onGuideline}
        />
      ) : (
        <Loading />
      )}
    </>
  );
}
