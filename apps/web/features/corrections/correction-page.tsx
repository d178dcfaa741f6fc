"use client";
import { useQuery } from "@tanstack/react-query";
import type { OwnTask } from "@touchstone/contracts";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { Loading } from "../../components/loading.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useSession } from "../session/signed-in.tsx";
import { attachToPage } from "../workbench/state/attach-to-page.ts";
import { browserDesk } from "../workbench/state/desk.ts";
import { SavedChip } from "../workbench/views/saved-chip.tsx";
import { WorkbenchBar } from "../workbench/views/workbench-bar.tsx";
import { BarredAnswer } from "./barred-answer.tsx";
import { BlurredAnswer } from "./blurred-answer.tsx";
import type { BoxSnapshot, Correction, CorrectionBox } from "./correction-box.ts";
import { CorrectionDesk } from "./correction-desk.tsx";
import { CorrectionSession } from "./correction-session.ts";
import { ownTaskQuery } from "./own-queries.ts";

interface CorrectionPageProps {
  readonly project: string;
  readonly projectId: string;
  readonly id: string;
  readonly box: CorrectionBox;
  readonly snapshot: BoxSnapshot;
  readonly onDone: (correction: Correction | undefined) => void;
}

/** One former answer with its task as it was shown, to be changed as it was made. */
export function CorrectionPage(props: CorrectionPageProps): ReactNode {
  const { project, id, box, snapshot } = props;
  const own = useQuery(ownTaskQuery(id));
  return (
    <div className="workbench">
      <WorkbenchBar
        project={project}
        today={null}
        left={null}
        saved={<SavedChip outbox={snapshot.outbox} onRetry={() => box.retry()} />}
      />
      <Suspense fallback={<Loading />}>
        {own.data ? (
          <AnswerInSight {...props} own={own.data} />
        ) : (
          <main className="workbench-page py-6">
            <QueryView query={own}>{() => null}</QueryView>
          </main>
        )}
      </Suspense>
    </div>
  );
}

type OfAnswer = CorrectionPageProps & { readonly own: OwnTask };

/** What may be hard to look at is shown once the person wants to see it, as at the desk. */
function AnswerInSight(props: OfAnswer): ReactNode {
  const { own, projectId } = props;
  const desk = browserDesk(useSession().member.id);
  const [revealed, setRevealed] = useState(() => own.blurred !== true || desk.revealed(own.taskId));
  const reveal = (): void => {
    desk.reveal(own.taskId);
    setRevealed(true);
  };
  return revealed ? <OpenAnswer {...props} /> : <BlurredAnswer projectId={projectId} onReveal={reveal} />;
}

function OpenAnswer({ projectId, own, box, onDone }: OfAnswer): ReactNode {
  const memberId = useSession().member.id;
  const [session, setSession] = useState<CorrectionSession>();
  const { bar } = own;

  // External systems: the browser's database, and the life of the page.
  useEffect(() => {
    if (bar) return;
    const made = new CorrectionSession({ own, box, desk: browserDesk(memberId), memberId, onDone });
    const detach = attachToPage(made);
    setSession(made);
    return () => {
      detach();
      made.close();
      setSession(undefined);
    };
  }, [own, box, memberId, bar, onDone]);

  if (bar) return <BarredAnswer projectId={projectId} own={own} bar={bar} />;
  return session ? <CorrectionDesk projectId={projectId} own={own} session={session} /> : <Loading />;
}
