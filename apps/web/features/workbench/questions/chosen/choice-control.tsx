"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import type { Press } from "../../views/single-press.ts";
import { labelOf } from "../label-of.ts";
import type { ControlProps } from "../question-parts.ts";
import { questionWords } from "../question-words.ts";
import { chosenOf, optionsOf, pressed } from "./chosen-options.ts";
import { PickButton } from "./pick-button.tsx";
import { digitsTo, keyPress } from "./press-of.ts";

/** Options as they were written, the first nine with a key each. One choice is an answer; several wait until they are sent. */
export function ChoiceControl({ question, draft, current, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions");
  const of = optionsOf(question);
  const { options, multiple, least, most } = of;
  const chosen = chosenOf(draft, options);
  const full = multiple && chosen.length >= most;
  const pick = (option: string, press: Press): void => {
    const next = pressed(draft, option, of);
    // What may be left out can be taken back.
    const takesBack = !multiple && !question.required && chosen.includes(option) && press.input !== "keyboard";
    if (takesBack) onDraft(null);
    else if (multiple) onDraft(next.length > 0 ? { chosen: next } : null);
    else onAnswer({ chosen: next }, press);
  };
  useKeys(
    current
      ? digitsTo(options.length).map((digit) => ({
          key: String(digit),
          label: labelOf(question, options[digit - 1] ?? ""),
          run: (at: number) => pick(options[digit - 1] ?? "", keyPress(at)),
        }))
      : [],
  );
  return (
    <fieldset aria-label={questionWords(question, (kind) => t(`kinds.${kind}`))}>
      <div className="flex flex-wrap gap-2">
        {options.map((option, index) => (
          <PickButton
            key={option}
            chosen={chosen.includes(option)}
            shortcut={current && index < 9 ? String(index + 1) : undefined}
            blocked={full && !chosen.includes(option)}
            onPick={(press) => pick(option, press)}
          >
            <span dir="auto" className="min-w-0 text-left break-words whitespace-normal">
              {labelOf(question, option)}
            </span>
          </PickButton>
        ))}
      </div>
      {multiple ? (
        <p role="status" className="mt-1.5 text-xs text-ink-3">
          {t("choice.count", { chosen: chosen.length, least, most })}
          {full && most < options.length ? ` ${t("choice.full")}` : null}
        </p>
      ) : null}
    </fieldset>
  );
}
