"use client";
import type { LeasedTask, Question } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ComponentType, ReactNode } from "react";
import type { DeskSession } from "../state/desk-session.ts";
import type { WorkbenchSnapshot } from "../state/work-board.ts";
import { AnswerPair } from "../views/answer-pair.tsx";
import { BodySwitch } from "./body-switch.tsx";
import type { BodyProps } from "./question-parts.ts";
import { questionWords } from "./question-words.ts";
import { ScaleControl } from "./scale-control.tsx";
import { type Sheet, useSheet } from "./use-sheet.ts";

interface SheetAnswersProps {
  readonly task: LeasedTask;
  readonly snapshot: WorkbenchSnapshot;
  readonly session: DeskSession;
  readonly differences: boolean;
}

/** The answers to be judged, with what the questions put into and around them, and the questions below. */
export function SheetAnswers({ task, snapshot, session, differences }: SheetAnswersProps): ReactNode {
  const t = useTranslations("questions");
  const sheet = useSheet(task, session, snapshot.answers);
  const below = sheet.asked.filter((question) => {
    const parts = sheet.partsOf(question);
    return parts.form === "scale" || parts.place === "page";
  });
  return (
    <>
      {task.completions.length === 0 ? null : (
        <>
          <BodySwitch task={task} sheet={sheet} />
          <AnswerPair
            task={task}
            differences={differences}
            renderBody={partOfAnswers(sheet, sheet.body ? [sheet.body] : [], "Body")}
            renderMark={partOfAnswers(sheet, sheet.asked, "Mark")}
          />
        </>
      )}
      <div className="grid gap-6 pb-8">
        {below.map((question) => {
          const parts = sheet.partsOf(question);
          const Control = parts.form === "scale" ? ScaleControl : parts.Control;
          return (
            <section
              key={question.name}
              tabIndex={-1}
              data-question={question.name}
              aria-label={questionWords(question, (kind) => t(`kinds.${kind}`))}
              className="sheet-question"
            >
              <h2 dir="auto" className="mb-1.5 font-medium">
                {questionWords(question, (kind) => t(`kinds.${kind}`))}
                {question.required ? null : <span className="ml-2 text-xs text-ink-3">{t("optional")}</span>}
              </h2>
              <Control {...sheet.propsOf(question)} />
            </section>
          );
        })}
      </div>
    </>
  );
}

/** What the first of some questions that has such a part puts into each answer; undefined where none has. */
function partOfAnswers(
  sheet: Sheet,
  questions: readonly Question[],
  part: "Body" | "Mark",
): ((place: number, read?: ReactNode) => ReactNode) | undefined {
  for (const question of questions) {
    const parts = sheet.partsOf(question);
    const Part: ComponentType<BodyProps> | undefined = parts.form === "parts" ? parts[part] : undefined;
    if (Part)
      return (place, read) => <Part key={question.name} {...sheet.propsOf(question)} place={place} read={read} />;
  }
  return undefined;
}
