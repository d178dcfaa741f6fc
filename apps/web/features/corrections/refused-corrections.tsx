"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { useProblemText } from "../../components/forms/problem-text.ts";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import type { BoxSnapshot, CorrectionBox } from "./correction-box.ts";
import { goTo, recentHref } from "./places.ts";

interface RefusedCorrectionsProps {
  readonly projectId: string;
  readonly box: CorrectionBox;
  readonly refused: BoxSnapshot["refused"];
}

/** Corrections that the server did not take, each with the reason: nothing of them is lost before somebody says so. */
export function RefusedCorrections({ projectId, box, refused }: RefusedCorrectionsProps): ReactNode {
  return refused.map((one) => <RefusedCorrection key={one.entry.key} projectId={projectId} box={box} one={one} />);
}

type Refused = BoxSnapshot["refused"][number];

function RefusedCorrection({
  projectId,
  box,
  one: { entry, error },
}: Omit<RefusedCorrectionsProps, "refused"> & { readonly one: Refused }): ReactNode {
  const t = useTranslations("corrections");
  const inWords = useAnswerWords();
  const [failure, setFailure] = useState<unknown>();
  const { text } = useProblemText(failure ?? error);
  /** Over what stands now: what was said here is filled in, to be read and sent once more. */
  const openAgain = async (): Promise<void> => {
    try {
      const { id, leaseId } = await api.getOwnTask({ params: { id: entry.judgementId } });
      const { answers = {}, flagged, comment, timings } = entry.submission;
      await box.store.putDraft({
        leaseId: id,
        taskId: leaseId,
        answers,
        flagged,
        comment,
        timings,
        savedAt: Date.now(),
      });
      await box.discard(entry);
      goTo(recentHref(projectId, id));
    } catch (failed) {
      setFailure(failed);
    }
  };
  return (
    <section aria-label={t("refused.title")} className="mb-4 grid max-w-200 gap-2 rounded-md bg-warn-soft px-4 py-3">
      <p className="flex items-baseline gap-2 text-warn">
        <i aria-hidden="true" className="mark" data-state="attention" />
        {text}
      </p>
      <p dir="auto" className="truncate text-ink-2">
        {entry.about.excerpt}
      </p>
      <p dir="auto" className="[overflow-wrap:anywhere]">
        {t("refused.said", { answer: inWords(entry.about.questions, entry.submission.answers ?? {}) })}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => void openAgain()}>{t("refused.open")}</Button>
        <Button variant="ghost" onClick={() => void box.discard(entry)}>
          {t("refused.discard")}
        </Button>
      </div>
    </section>
  );
}
