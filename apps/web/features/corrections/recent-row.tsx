"use client";
import type { OwnAnswer } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { Button } from "../../components/button.tsx";
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
  readonly onTakeBack: (row: OwnAnswer, waiting: Correction | undefined) => void;
}

/** One answer: what was said, of what, when, and what has become of it. */
export function RecentRow({ projectId, row, waiting, onTakeBack }: RecentRowProps): ReactNode {
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
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b border-line py-3">
      <a
        href={href}
        data-own-answer={row.id}
        onClick={open}
        className="group grid min-w-0 flex-1 basis-60 gap-0.5 rounded-sm"
      >
        <span
          dir="auto"
          className="line-clamp-2 text-accent underline-offset-3 [overflow-wrap:anywhere] group-hover:underline"
        >
          {words === "" ? t("nothingSaid") : words}
        </span>
        <span dir="auto" lang={row.language ?? undefined} className="truncate text-ink-2">
          {row.excerpt}
        </span>
      </a>
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
