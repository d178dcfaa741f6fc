"use client";
import type { InquiryList, InquiryView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { ReadingText } from "../workbench/views/reading-text.tsx";
import { AskForm } from "./ask-form.tsx";
import { NotesForAll } from "./notes-for-all.tsx";

interface QuestionPanelProps {
  readonly projectId: string;
  readonly taskId: string | undefined;
  readonly list: InquiryList | undefined;
}

/** Asking, what one has asked, and what was answered for everybody. */
export function QuestionPanel({ projectId, taskId, list }: QuestionPanelProps): ReactNode {
  const t = useTranslations("guidance.ask");
  const { items = [], notes = [] } = list ?? {};
  // One's own stands among one's own.
  const others = notes.filter(({ id }) => !items.some((item) => item.id === id));
  return (
    <div className="grid gap-6">
      <AskForm projectId={projectId} taskId={taskId} />
      {items.length > 0 ? (
        <section className="grid gap-3">
          <h3 className="text-base">{t("mine")}</h3>
          <ul className="grid gap-4">
            {items.map((item) => (
              <Asked key={item.id} inquiry={item} here={item.taskId === taskId} />
            ))}
          </ul>
        </section>
      ) : null}
      <NotesForAll notes={others} />
    </div>
  );
}

function Asked({ inquiry, here }: { readonly inquiry: InquiryView; readonly here: boolean }): ReactNode {
  const t = useTranslations("guidance.ask");
  const { text, answer, createdAt, done, seen } = inquiry;
  return (
    <li className="grid gap-1.5 border-t border-line pt-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
        <Moment at={createdAt} />
        {here ? <span>{t("thisTask")}</span> : null}
        {seen ? null : <Chip state="running">{t("new")}</Chip>}
        {answer || done ? null : <Chip state="waiting">{t("open")}</Chip>}
      </p>
      <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </p>
      {answer ? (
        <div className="grid gap-1 rounded-md bg-sunken p-3">
          <p className="text-xs text-ink-3">{t("answered", { name: answer.by })}</p>
          <div className="guideline-text">
            <ReadingText text={answer.text} language={null} />
          </div>
        </div>
      ) : null}
      {!answer && done ? <p className="text-xs text-ink-2">{t("settled")}</p> : null}
    </li>
  );
}
