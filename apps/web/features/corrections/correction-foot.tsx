"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { quickScale } from "../workbench/questions/kinds.ts";
import type { ScalePart } from "../workbench/questions/scale.ts";
import { SheetFoot } from "../workbench/questions/sheet.ts";
import { focusDesk } from "../workbench/state/focus-desk.ts";
import type { WorkbenchSnapshot } from "../workbench/state/work-board.ts";
import { toggleSource, useSourceChoice } from "../workbench/text/source-choice.ts";
import { FlagComment } from "../workbench/views/flag-comment.tsx";
import { Painted } from "../workbench/views/painted.tsx";
import { QuickQuestion } from "../workbench/views/quick-question.tsx";
import { type Press, singlePress } from "../workbench/views/single-press.ts";
import { SleepReason } from "../workbench/views/sleep-reason.tsx";
import type { CorrectionSession } from "./correction-session.ts";

interface CorrectionFootProps {
  readonly snapshot: WorkbenchSnapshot;
  readonly session: CorrectionSession;
  readonly differences: boolean;
  readonly onDifferences: () => void;
  readonly onFlag: () => void;
  readonly onLeave: () => void;
}

const quiet = "text-xs max-md:px-1 aria-pressed:bg-accent-soft aria-pressed:text-ink data-hit:bg-accent-soft";

/** The scale under the thumbs, with the former answer marked, and what else can be done. */
export function CorrectionFoot(props: CorrectionFootProps): ReactNode {
  const { snapshot, session, differences, onDifferences, onFlag, onLeave } = props;
  const t = useTranslations("corrections");
  const desk = useTranslations("workbench");
  const short = useTranslations("questions");
  const showsSource = useSourceChoice();
  const { task } = session;
  const { note, flash, sleep, pressedAsleep } = snapshot;
  const quick = quickScale(task);
  const choose = (part: ScalePart, press: Press | undefined): void => {
    if (!press) session.ignoreDoubleClick();
    else if (quick) {
      session.judge({ answers: { [quick.question.name]: part.answer }, flash: part.key }, press.input, press.at);
    }
    if (press?.input !== "keyboard") focusDesk();
  };
  return (
    <footer className="workbench-foot" data-flashing={flash !== null || undefined} data-asleep={sleep ?? undefined}>
      <SleepReason sleep={sleep} pressedAsleep={pressedAsleep} answers={task.completions.length} />
      <div className="workbench-page">
        {quick ? (
          <QuickQuestion {...quick} task={task} flash={flash} sleep={sleep} onChoose={choose} />
        ) : (
          <SheetFoot task={task} snapshot={snapshot} session={session} />
        )}
        <Painted session={session} screenId={task.lease.id} />
        <div className="workbench-more">
          {note.flagged || note.comment !== "" ? (
            <FlagComment note={note} onChange={(changed) => session.changeNote(changed)} />
          ) : (
            <p className="workbench-last mr-auto text-xs text-ink-2">{quick ? t("oneKeySends") : null}</p>
          )}
          <div className="workbench-actions">
            <Button variant="ghost" shortcut="h" className={quiet} onClick={onLeave}>
              {t("toList")}
            </Button>
            {(quick?.scale.beside ?? []).map((part) => (
              <Button
                key={part.key}
                variant="ghost"
                shortcut={part.key}
                className={quiet}
                data-hit={flash === part.key || undefined}
                aria-disabled={sleep !== null || undefined}
                onClick={(event) => choose(part, singlePress(event.nativeEvent))}
              >
                {short(`short.${part.name}`)}
              </Button>
            ))}
            <Button
              variant="ghost"
              shortcut="f"
              className={quiet}
              aria-pressed={note.flagged}
              onClick={() => (note.flagged ? session.changeNote({ ...note, flagged: false }) : onFlag())}
            >
              {note.flagged ? desk("flagged") : desk("flag")}
            </Button>
            {task.completions.length === 2 ? (
              <Button variant="ghost" shortcut="d" className={quiet} aria-pressed={differences} onClick={onDifferences}>
                {desk("differences")}
              </Button>
            ) : null}
            <Button variant="ghost" shortcut="m" className={quiet} aria-pressed={showsSource} onClick={toggleSource}>
              {desk("text.source")}
            </Button>
          </div>
        </div>
      </div>
    </footer>
  );
}
