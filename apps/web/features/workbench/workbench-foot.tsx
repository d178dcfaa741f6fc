"use client";
import type { LeasedTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { focusDesk } from "./state/focus-desk.ts";
import { questionWords } from "./state/question-words.ts";
import { partOf, preferenceScale, ratingScale, type ScalePart } from "./state/scale.ts";
import type { WorkbenchSnapshot } from "./state/work-board.ts";
import type { WorkbenchSession } from "./state/workbench-session.ts";
import { FlagComment } from "./views/flag-comment.tsx";
import { LastChoice } from "./views/last-choice.tsx";
import { ScaleBar } from "./views/scale-bar.tsx";
import { ScaleHead } from "./views/scale-head.tsx";
import type { Press } from "./views/single-press.ts";
import { SleepReason } from "./views/sleep-reason.tsx";
import { WorkbenchActions } from "./views/workbench-actions.tsx";

interface WorkbenchFootProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
  readonly differences: boolean;
  readonly onDifferences: () => void;
  readonly onFlag: () => void;
}

/** The scale under the thumbs, and below it the last choice and what else can be done. */
export function WorkbenchFoot(props: WorkbenchFootProps): ReactNode {
  const { task, snapshot, session, differences, onDifferences, onFlag } = props;
  const t = useTranslations("workbench.questions");
  const question = questionWords(task.question, (kind) => t(kind));
  const pair = task.question.kind === "preference";
  const { note, flash, work, outbox, sleep, pressedAsleep } = snapshot;
  const pressed = (press: Press | undefined, act: (press: Press) => void): void => {
    if (press) act(press);
    else session.ignoreDoubleClick();
    // A pointer leaves the focus on what it hit, and whoever presses Space then wants to scroll.
    if (press?.input !== "keyboard") focusDesk();
  };
  const choose = (part: ScalePart, press: Press | undefined): void =>
    pressed(press, ({ input, at }) => session.choose(part, input, at));
  return (
    <footer className="workbench-foot" data-flashing={flash !== null || undefined} data-asleep={sleep ?? undefined}>
      <SleepReason sleep={sleep} pressedAsleep={pressedAsleep} answers={task.completions.length} />
      <div className="workbench-page">
        <ScaleHead question={question} pair={pair} />
        <div className="flex items-center gap-3">
          {pair ? <SideLetter letter="A" /> : null}
          <ScaleBar
            label={question}
            parts={pair ? preferenceScale : ratingScale}
            flash={flash}
            previous={task.previous ? partOf(task.previous).key : null}
            sleep={sleep}
            onChoose={choose}
          />
          {pair ? <SideLetter letter="B" /> : null}
        </div>
        <div className="workbench-more">
          {note.flagged || note.comment !== "" ? (
            <FlagComment key={task.taskId} note={note} onChange={(changed) => session.changeNote(changed)} />
          ) : (
            <LastChoice
              work={work}
              outbox={outbox}
              onDiscard={() => session.discardRefused()}
              onReason={(reason) => void session.explainSkip(reason)}
            />
          )}
          <WorkbenchActions
            pair={pair}
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

function SideLetter({ letter }: { readonly letter: string }): ReactNode {
  return (
    <b aria-hidden="true" className="font-semibold max-md:hidden">
      {letter}
    </b>
  );
}
