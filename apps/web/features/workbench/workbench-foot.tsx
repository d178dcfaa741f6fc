"use client";
import type { LeasedTask } from "@touchstone/contracts";
import type { ReactNode } from "react";
import { partOf, preferenceScale, ratingScale } from "./state/scale.ts";
import type { WorkbenchSession, WorkbenchSnapshot } from "./state/workbench-session.ts";
import { FlagComment } from "./views/flag-comment.tsx";
import { LastChoice } from "./views/last-choice.tsx";
import { ScaleBar } from "./views/scale-bar.tsx";
import { ScaleHead } from "./views/scale-head.tsx";
import { WorkbenchActions } from "./views/workbench-actions.tsx";

interface WorkbenchFootProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
  readonly differences: boolean;
  readonly onDifferences: () => void;
}

/** The scale under the thumbs, and below it the last choice and what else can be done. */
export function WorkbenchFoot({ task, snapshot, session, differences, onDifferences }: WorkbenchFootProps): ReactNode {
  const pair = task.question.kind === "preference";
  const { note, flash, work, outbox } = snapshot;
  return (
    <footer className="workbench-foot" data-flashing={flash !== null || undefined}>
      <div className="workbench-page">
        <ScaleHead question={task.question.title} pair={pair} />
        <div className="flex items-center gap-3">
          {pair ? <SideLetter letter="A" /> : null}
          <ScaleBar
            label={task.question.title}
            parts={pair ? preferenceScale : ratingScale}
            flash={flash}
            previous={task.previous ? partOf(task.previous).key : null}
            onChoose={(part, input) => session.choose(part, input)}
          />
          {pair ? <SideLetter letter="B" /> : null}
        </div>
        <div className="workbench-more">
          {note.flagged ? (
            <FlagComment
              key={task.lease.id}
              comment={note.comment}
              onChange={(comment) => session.changeNote({ flagged: true, comment })}
            />
          ) : (
            <LastChoice work={work} outbox={outbox} onDiscard={() => session.discardRefused()} />
          )}
          <WorkbenchActions
            pair={pair}
            canUndo={work.last !== null}
            flagged={note.flagged}
            differences={differences}
            flash={flash}
            onUndo={() => void session.undo()}
            onChoose={(part, input) => session.choose(part, input)}
            onSkip={() => session.skip()}
            onFlag={() => session.changeNote({ ...note, flagged: !note.flagged })}
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
