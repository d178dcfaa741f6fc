"use client";
import type { QuestionKind } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { flushSync } from "react-dom";
import { Button } from "../../../components/button.tsx";
import { Field } from "../../../components/forms/field.tsx";
import { added, before, changed, type Entries, moved, removed } from "./entries.ts";
import type { Faults } from "./form-faults.ts";
import { KindSelect, QuestionFields } from "./question-fields.tsx";

interface QuestionListProps {
  readonly entries: Entries;
  readonly errors: Faults;
  readonly onChange: (entries: Entries) => void;
}

/** What was done last with the order, said to who does not see it; a removal can be taken back. */
type Said =
  | { readonly what: "moved"; readonly place: number }
  | { readonly what: "removed"; readonly place: number; readonly whole: Entries };

/** The questions in their order. Moved and added ones keep the focus, so that the next key goes where the last one did. */
export function QuestionList({ entries, errors, onChange }: QuestionListProps): ReactNode {
  const t = useTranslations("questionnaires.form");
  const [said, setSaid] = useState<Said | null>(null);
  const [kind, setKind] = useState<QuestionKind>("preference");

  const add = (): void => {
    const next = added(entries, kind);
    flushSync(() => onChange(next));
    focusIn(next.at(-1)?.key);
  };
  const move = (key: string, by: number): void => {
    const next = moved(entries, key, by);
    if (next === entries) return;
    const focused = document.activeElement;
    flushSync(() => {
      onChange(next);
      setSaid({ what: "moved", place: next.findIndex((entry) => entry.key === key) + 1 });
    });
    // An element that is moved in the page loses the focus, and so does a button that has nothing more to do.
    if (focused instanceof HTMLElement) focused.focus();
    if (document.activeElement !== focused) focusIn(key);
  };
  const remove = (key: string, place: number): void => {
    flushSync(() => {
      onChange(removed(entries, key));
      setSaid({ what: "removed", place, whole: entries });
    });
    document.querySelector<HTMLElement>("[data-put-back]")?.focus();
  };
  return (
    <>
      {entries.length === 0 ? <p className="text-ink-2">{t("none")}</p> : null}
      {entries.map((entry, index) => (
        <QuestionFields
          key={entry.key}
          entry={entry}
          place={index}
          count={entries.length}
          earlier={before(entries, entry.key)}
          errors={errors}
          onChange={(change) => onChange(changed(entries, entry.key, change))}
          onMove={(by) => move(entry.key, by)}
          onRemove={() => remove(entry.key, index + 1)}
        />
      ))}
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t("addKind")} className="min-w-48 flex-1">
          <KindSelect value={kind} onChange={setKind} />
        </Field>
        <Button onClick={add}>{t("add")}</Button>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-xs text-ink-3">
        <p role="status">
          {said?.what === "moved" ? t("movedTo", { place: said.place, count: entries.length }) : null}
          {said?.what === "removed" ? t("removed", { place: said.place }) : null}
        </p>
        {said?.what === "removed" ? (
          <Button
            data-put-back
            onClick={() => {
              onChange(said.whole);
              setSaid(null);
            }}
          >
            {t("putBack")}
          </Button>
        ) : null}
        {entries.length > 1 ? <p className="max-md:hidden">{t("keys")}</p> : null}
      </div>
    </>
  );
}

function focusIn(key: string | undefined): void {
  if (key) document.getElementById(key)?.querySelector<HTMLElement>("input")?.focus();
}
