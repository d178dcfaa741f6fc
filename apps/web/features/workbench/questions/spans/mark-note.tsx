"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { KeyHint } from "../../../../components/keyboard/key-hint.tsx";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { WritingField } from "../written/writing-field.tsx";
import { longestNote, type Mark, type Marks, marksIn, numberOf, withMark } from "./marks.ts";
import { type TakenUp, take } from "./taken-up.ts";

interface MarkNoteProps {
  readonly question: string;
  readonly marks: Marks;
  /** What is in hand. */
  readonly taken: TakenUp | null;
  readonly onMarks: (marks: Marks) => void;
}

/** What can be said beside the mark in hand. */
export function MarkNote({ question, marks, taken, onMarks }: MarkNoteProps): ReactNode {
  const t = useTranslations("questions.spans");
  const id = `mark-note-${question}`;
  const mark = taken?.mark ?? null;
  useKeys(mark ? [{ key: "w", label: t("keyNote"), run: () => document.getElementById(id)?.focus() }] : []);
  if (!taken || !mark) return null;
  const number = numberOf(mark, marksIn(marks, mark.place));
  return (
    <WritingField
      // Another mark has another note.
      key={JSON.stringify([mark.place, mark.start, mark.end, mark.category, mark.severity])}
      id={id}
      label={t("note", { number })}
      kept={mark.note ?? ""}
      bounds={{ minLength: 1, maxLength: longestNote }}
      multiline={false}
      onKeep={(note) => {
        const { note: _, ...rest } = mark;
        const noted: Mark = note.trim() === "" ? rest : { ...rest, note };
        onMarks(withMark(marks, noted, mark));
        take({ ...taken, mark: noted });
      }}
    >
      <span>{t("note", { number })}</span>
      <KeyHint value="w" />
    </WritingField>
  );
}
