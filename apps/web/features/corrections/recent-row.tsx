"use client";
import type { OwnAnswer } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { useAnswerWords } from "../workbench/questions/use-answer-words.ts";
import type { Correction } from "./correction-box.ts";
import { goTo, recentHref } from "./places.ts";

interface RecentRowProps {
  readonly projectId: string;
  readonly row: OwnAnswer;
  /** A correction of it that waits to be sent. */
  readonly waiting: Correction | undefined;
  /** What was asked may be hard to read, and this person has not revealed it. */
  readonly hidden: boolean;
  readonly onTakeBack: (row: OwnAnswer, waiting: Correction | undefined) => void;
}

/** One answer: what was said, of what, when, and what has become of it. */
export function RecentRow({ projectId, row, waiting, hidden, onTakeBack }: RecentRowProps): ReactNode {
  const t = useTranslations("corrections");
  const inWords = useAnswerWords();
  const said = waiting?.submission.answers ?? row.answers;
  const { flagged = row.flagged } = waiting?.submission ?? {};
  const href = recentHref(projectId, row.id);
  const open = (event: MouseEvent): void => {
    // Another window or tab is the browser's own affair.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(href);
  };
  const words = inWords(row.questions, said);
  const lines = (look: string): ReactNode => (
    <>
      <span dir="auto" className={classNames("line-clamp-2 [overflow-wrap:anywhere]", look)}>
        {words === "" ? t("nothingSaid") : words}
      </span>
      {hidden ? (
        <span className="truncate text-ink-3">{t("blurred.excerpt")}</span>
      ) : (
        <span dir="auto" lang={row.language ?? undefined} className="truncate text-ink-2">
          {row.excerpt}
        </span>
      )}
    </>
  );
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b border-line py-3">
      {waiting ? (
        // Once it is sent, it is another answer that stands there.
        <div className="grid min-w-0 flex-1 basis-60 gap-0.5">{lines("")}</div>
      ) : (
        <a
          href={href}
          data-own-answer={row.id}
          onClick={open}
          className="group grid min-w-0 flex-1 basis-60 gap-0.5 rounded-sm"
        >
          {lines("text-accent underline-offset-3 group-hover:underline")}
        </a>
      )}
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-3">
        {waiting ? <Chip state="waiting">{t("waits")}</Chip> : null}
        {flagged ? <Chip state="attention">{t("flagged")}</Chip> : null}
        {row.corrected && !waiting ? <Chip state="ok">{t("corrected")}</Chip> : null}
        {row.bar ? <span>{t(`bars.${row.bar}.short`)}</span> : null}
        <Moment at={row.createdAt} />
        {row.undoable || waiting ? (
          <Button variant="ghost" className="text-xs" onClick={() => onTakeBack(row, waiting)}>
            {t("takeBack")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
