"use client";
import type { LeasedTask, Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ComponentType, type ReactNode, Suspense } from "react";
import { Loading } from "../../../components/loading.tsx";
import type { WorkbenchSnapshot } from "../state/work-board.ts";
import type { WorkbenchSession } from "../state/workbench-session.ts";
import { AnswerPair } from "../views/answer-pair.tsx";
import { questionParts } from "./kinds.ts";
import type { BodyProps, QuestionParts } from "./question-parts.ts";
import { questionWords } from "./question-words.ts";
import { ScaleControl } from "./scale-control.tsx";
import { type Sheet, useSheet } from "./use-sheet.ts";

interface SheetAnswersProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: WorkbenchSession;
  readonly differences: boolean;
}

/** The answers to be judged, with what the questions put into and around them, and the questions below. */
export function SheetAnswers({ task, snapshot, session, differences }: SheetAnswersProps): ReactNode {
  const t = useTranslations("questions");
  const sheet = useSheet(task, session, snapshot.answers);
  return (
    <Suspense fallback={<Loading />}>
      <AnswerPair
        task={task}
        differences={differences}
        renderBody={partOfAnswers(sheet, "Body")}
        renderMark={partOfAnswers(sheet, "Mark")}
      />
      <div className="grid max-w-read gap-6 pb-8">
        {sheet.asked.filter(isBelow).map((question) => {
          const parts: QuestionParts = questionParts[question.kind];
          const Control = parts.form === "scale" ? ScaleControl : parts.Control;
          return (
            <section key={question.name} aria-label={questionWords(question, (kind) => t(`kinds.${kind}`))}>
              <h2 dir="auto" className="mb-1.5 font-medium">
                {questionWords(question, (kind) => t(`kinds.${kind}`))}
                {question.required ? null : <span className="ml-2 text-xs text-ink-3">{t("optional")}</span>}
              </h2>
              <Control {...sheet.propsOf(question)} />
            </section>
          );
        })}
      </div>
    </Suspense>
  );
}

/** What the first question that has such a part puts into each answer; undefined where none has. */
function partOfAnswers(sheet: Sheet, part: "Body" | "Mark"): ((place: number) => ReactNode) | undefined {
  for (const question of sheet.asked) {
    const parts: QuestionParts = questionParts[question.kind];
    const Part: ComponentType<BodyProps> | undefined = parts.form === "sheet" ? parts[part] : undefined;
    if (Part) return (place) => <Part {...sheet.propsOf(question)} place={place} />;
  }
  return undefined;
}

function isBelow({ kind }: Question): boolean {
  const parts: QuestionParts = questionParts[kind];
  return parts.form === "scale" || parts.place === "page";
}
