"use client";
import type { CorrectionBar, OwnTask } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { useKeys } from "../../components/keyboard/use-keys.ts";
import { AnswersInFull } from "../judgements/answers-in-full.tsx";
import { CommentText } from "../judgements/comment-text.tsx";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import { deskId } from "../workbench/state/focus-desk.ts";
import { AnswerPair } from "../workbench/views/answer-pair.tsx";
import { PromptPanel } from "../workbench/views/prompt-panel.tsx";
import { goTo, recentHref } from "./places.ts";

interface BarredAnswerProps {
  readonly projectId: string;
  readonly own: OwnTask;
  readonly bar: CorrectionBar;
}

/** An answer that stays as it is: to be read, with the reason. */
export function BarredAnswer({ projectId, own, bar }: BarredAnswerProps): ReactNode {
  const t = useTranslations("corrections");
  const inWords = useAnswerWords();
  const back = (): void => goTo(recentHref(projectId));
  useKeys([{ key: "h", label: t("toList"), run: back }]);
  const { id, questions, answers, completions, note } = own;
  const shownOrder = completions.map((_, place) => place);
  const lease = { id, token: "", expiresAt: own.createdAt, leaseSeconds: 0 };
  return (
    <main id={deskId} tabIndex={-1} className="workbench-page flex flex-col gap-4 pb-8 outline-none">
      <section aria-label={t("prompt")} className="workbench-prompt">
        <PromptPanel prompt={own.prompt} />
      </section>
      <div className="grid max-w-read gap-2">
        <p className="text-warn">{t(`bars.${bar}.long`)}</p>
        <p>{t("said", { answer: inWords(questions, answers) })}</p>
        <div>
          <Button shortcut="h" onClick={back}>
            {t("toList")}
          </Button>
        </div>
      </div>
      <AnswersInFull
        judgement={{
          questions,
          answers,
          shownOrder,
          completions: completions.map((one) => ({ ...one, modelVersionId: null })),
        }}
      />
      <CommentText comment={note.comment} />
      {completions.length === 0 ? null : (
        <AnswerPair task={{ ...own, lease, previousAnswers: answers }} differences={false} />
      )}
    </main>
  );
}
