"use client";
import type { InquiryNote } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ReadingText } from "../workbench/views/reading-text.tsx";

/** What somebody asked and the staff answered for everybody, without the name of who asked; nothing where there is none. */
export function NotesForAll({ notes }: { readonly notes: readonly InquiryNote[] }): ReactNode {
  const t = useTranslations("guidance.ask");
  if (notes.length === 0) return null;
  return (
    <section className="grid gap-3">
      <h3 className="text-base">{t("notes")}</h3>
      <ul className="grid gap-4">
        {notes.map((note) => (
          <li key={note.id} className="grid gap-1.5 border-t border-line pt-3">
            <p dir="auto" className="text-ink-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
              {note.text}
            </p>
            <div className="guideline-text rounded-md bg-sunken p-3">
              <ReadingText text={note.answer} language={null} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
