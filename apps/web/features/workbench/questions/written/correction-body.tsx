"use client";
import { longestWritten } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { Button } from "../../../../components/button.tsx";
import { languageOf } from "../../text/guess-language.ts";
import { letterOf } from "../../text/letter-of.ts";
import { singlePress } from "../../views/single-press.ts";
import type { BodyProps } from "../question-parts.ts";
import { correctionOf, draftOf, edited, opened, restored, unchanged } from "./correction-draft.ts";
import { correctionField } from "./correction-field.ts";
import { EditedChanges } from "./edited-changes.tsx";
import { WritingField } from "./writing-field.tsx";

/** An answer that can be put right where it stands, or said to be right. */
export function CorrectionBody({ question, task, draft, place, read, onDraft, onAnswer }: BodyProps): ReactNode {
  const t = useTranslations("questions.correction");
  const correction = correctionOf(draft);
  const original = task.completions[place]?.text ?? null;
  if (original === null) return read;
  const alone = task.completions.length === 1;
  const name = alone ? "" : letterOf(place);
  const isThis = correction.place === place;
  const isOpen = isThis && correction.choice === "edited";
  const isRight = isThis && correction.choice === "unchanged";
  const text = correction.texts[place] ?? original;
  const whose = alone ? null : <span className="sr-only">{t("named", { name })}</span>;
  const open = (): void => {
    // At once, so that the next letter typed goes into the field and not to a key.
    flushSync(() => onDraft(draftOf(opened(correction, place, original))));
    document.getElementById(correctionField(question.name, place))?.focus();
  };
  return (
    <>
      <div className="mb-2 -ml-2 flex flex-wrap gap-1">
        <Button
          variant="ghost"
          shortcut={alone ? "c" : String(place + 1)}
          aria-pressed={isOpen}
          className="aria-pressed:bg-accent-soft aria-pressed:text-ink"
          onClick={open}
        >
          <span>
            {t("edit")}
            {whose}
          </span>
        </Button>
        <Button
          variant="ghost"
          {...(alone ? { shortcut: "n" } : {})}
          aria-pressed={isRight}
          className="aria-pressed:bg-accent-soft aria-pressed:text-ink"
          onClick={(event) => {
            const press = singlePress(event.nativeEvent);
            const next = draftOf(isRight ? { ...correction, choice: null, place: null } : unchanged(correction, place));
            if (isRight) onDraft(next);
            else if (press && next) onAnswer(next, press);
          }}
        >
          <span>
            {t("right")}
            {whose}
          </span>
        </Button>
        {isOpen && text !== original ? (
          <Button variant="ghost" onClick={() => onDraft(draftOf(restored(correction, place)))}>
            {t("restore")}
          </Button>
        ) : null}
      </div>
      {isOpen ? (
        <>
          <WritingField
            id={correctionField(question.name, place)}
            label={alone ? t("fieldAlone") : t("field", { name })}
            kept={text}
            bounds={{ minLength: 1, maxLength: longestWritten }}
            multiline
            lang={languageOf(original, task.prompt.language)}
            onKeep={(written) => onDraft(draftOf(edited(correction, place, written)))}
          />
          <EditedChanges original={original} edited={text} language={task.prompt.language} />
        </>
      ) : (
        read
      )}
    </>
  );
}
