"use client";
import { unitAt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../../components/button.tsx";
import { letterOf } from "../../text/letter-of.ts";
import { excerpt } from "../written/excerpt.ts";
import type { MarkLooks } from "./marked-text.tsx";
import { levelOf } from "./marked-text.tsx";
import type { Mark } from "./marks.ts";

interface MarkListProps {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly looks: MarkLooks;
  readonly place: number;
  /** Whether the answer stands alone, and needs no letter. */
  readonly alone: boolean;
  /** The number of the mark in hand. */
  readonly current?: number | null;
  /** What can be done with a mark; nothing where marks are only read. */
  readonly onTake?: (mark: Mark) => void;
  readonly onRemove?: (mark: Mark) => void;
}

/** The marks of an answer beside its text, by their numbers. */
export function MarkList(props: MarkListProps): ReactNode {
  const { text, marks, looks, place, alone, current = null, onTake, onRemove } = props;
  const t = useTranslations("questions.spans");
  if (marks.length === 0) return null;
  return (
    <ol aria-label={alone ? t("listAlone") : t("list", { name: letterOf(place) })} className="mark-list">
      {marks.map((mark, index) => {
        const number = index + 1;
        const isCurrent = number === current;
        const words = (
          <>
            <b
              aria-hidden="true"
              data-tone={(looks.categories.indexOf(mark.category) % 6) + 1}
              data-level={levelOf(mark.severity, looks.severities)}
            >
              {number}
            </b>
            <span className="min-w-0">
              <q dir="auto">{quoted(mark, text) ?? t("all")}</q>{" "}
              <span className="text-ink-2">
                {looks.severities.length > 1 ? `${mark.category}, ${mark.severity}` : mark.category}
              </span>
            </span>
          </>
        );
        return (
          <li key={JSON.stringify([mark.start, mark.end, mark.category, mark.severity, sameBefore(marks, index)])}>
            {onTake ? (
              <button type="button" aria-pressed={isCurrent} onClick={() => onTake(mark)}>
                <span className="sr-only">{t("change", { number })}</span>
                <span id={`mark-${place}-${number}`} className="contents">
                  {words}
                </span>
              </button>
            ) : (
              <p>{words}</p>
            )}
            {onRemove ? (
              <Button
                variant="ghost"
                aria-label={t("remove", { number })}
                aria-describedby={`mark-${place}-${number}`}
                onClick={() => onRemove(mark)}
              >
                <span aria-hidden="true">×</span>
              </Button>
            ) : null}
            {mark.note ? (
              <p dir="auto" className="col-span-full text-xs text-ink-2">
                {mark.note}
              </p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}

/** Of a whole answer the same may be said twice. */
function sameBefore(marks: readonly Mark[], index: number): number {
  const { start, category, severity } = marks[index] ?? {};
  return marks
    .slice(0, index)
    .filter((mark) => mark.start === start && mark.category === category && mark.severity === severity).length;
}

/** The marked words in short; null where all of the answer is meant. */
function quoted({ start, end }: Mark, text: string): string | null {
  if (start === null || end === null) return null;
  const words = text.slice(unitAt(text, start), unitAt(text, end));
  return words.trim() === "" ? `␠ × ${end - start}` : excerpt(words);
}
