"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { type ReactNode, Suspense } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import { quickScale } from "./questions/kinds.ts";
import type { ScalePart } from "./questions/scale.ts";
import { focusDesk } from "./state/focus-desk.ts";
import type { WorkbenchSnapshot } from "./state/work-board.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { FlagComment } from "./views/flag-comment.tsx";
import { LastChoice } from "./views/last-choice.tsx";
import { Painted } from "./views/painted.tsx";
import { QuickQuestion } from "./views/quick-question.tsx";
import type { Press } from "./views/single-press.ts";
import { SleepReason } from "./views/sleep-reason.tsx";
import { hasTwoTexts } from "./views/use-shared-ranges.ts";
import { WorkbenchActions } from "./views/workbench-actions.tsx";

interface WorkbenchFootProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
  readonly differences: boolean;
  readonly onDifferences: () => void;
  readonly onFlag: () => void;
}

const SheetFoot = lazyPart(() => import("./questions/sheet.ts").then((file) => file.SheetFoot));

/** The scale under the thumbs, and below it the last choice and what else can be done. */
export function WorkbenchFoot(props: WorkbenchFootProps): ReactNode {
  const { task, snapshot, session, differences, onDifferences, onFlag } = props;
  const quick = quickScale(task);
  const { note, flash, work, outbox, sleep, pressedAsleep } = snapshot;
  const pressed = (press: Press | undefined, act: (press: Press) => void): void => {
    if (press) act(press);
    else session.ignoreDoubleClick();
    // A pointer leaves the focus on what it hit, and whoever presses Space then wants to scroll.
    if (press?.input !== "keyboard") focusDesk();
  };
  const choose = (part: ScalePart, press: Press | undefined): void =>
    pressed(press, ({ input, at }) => {
      if (quick) session.judge({ answers: { [quick.question.name]: part.answer }, flash: part.key }, input, at);
    });
  return (
    <footer className="workbench-foot" data-flashing={flash !== null || undefined} data-asleep={sleep ?? undefined}>
      <SleepReason sleep={sleep} pressedAsleep={pressedAsleep} answers={task.completions.length} />
      <div className="workbench-page">
        <Suspense>
          {quick ? (
            <QuickQuestion {...quick} task={task} flash={flash} sleep={sleep} onChoose={choose} />
          ) : (
            <SheetFoot task={task} snapshot={snapshot} session={session} />
          )}
          <Painted session={session} screenId={task.lease.id} />
        </Suspense>
        <div className="workbench-more">
          {note.flagged || note.comment !== "" ? (
            <FlagComment key={task.taskId} note={note} onChange={(changed) => session.changeNote(changed)} />
          ) : (
            <Suspense>
              <LastChoice
                work={work}
                outbox={outbox}
                onDiscard={() => session.discardRefused()}
                onReason={(reason) => void session.explainSkip(reason)}
              />
            </Suspense>
          )}
          <WorkbenchActions
            pair={hasTwoTexts(task)}
            beside={quick?.scale.beside ?? []}
            canUndo={work.last !== null}
            flagged={note.flagged}
            differences={differences}
            flash={flash}
            sleep={sleep}
            onUndo={(press) => pressed(press, ({ at }) => void session.undo(at))}
            onChoose={choose}
            onSkip={(press) => pressed(press, ({ at }) => session.skip(at))}
            onFlag={() => (note.flagged ? session.changeNote({ ...note, flagged: false }) : onFlag())}
            onDifferences={onDifferences}
          />
        </div>
      </div>
    </footer>
  );
}
