"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { letterOf } from "../../text/letter-of.ts";
import { AskedWords } from "../asked-words.tsx";
import type { ControlProps } from "../question-parts.ts";
import { type Correction, correctionOf, draftOf, opened, setAside, unchanged } from "./correction-draft.ts";
import { correctionField } from "./correction-field.ts";

/**
 * The keys of a correction, and what is being done, under the thumbs. A digit opens the answer of that place, `c` the one in
 * the focus or opened last; `n` says that nothing in it needs correcting.
 */
export function CorrectionControl({ question, task, draft, current, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions.correction");
  const correction = correctionOf(draft);
  const originals = task.completions.map(({ text }) => text);
  const alone = originals.length === 1;
  const open = (place: number): void => {
    const original = originals[place];
    if (typeof original !== "string") return;
    flushSync(() => onDraft(draftOf(opened(correction, place, original))));
    document.getElementById(correctionField(question.name, place))?.focus();
  };
  const meant = (): number => placeInFocus() ?? correction.place ?? 0;
  useKeys([
    ...(current && !alone
      ? originals.map((_, place) => ({
          key: String(place + 1),
          label: t("editNamed", { name: letterOf(place) }),
          run: () => open(place),
        }))
      : []),
    { key: "c", label: t("key"), run: () => open(meant()) },
    {
      key: "n",
      label: t("keyRight"),
      run: (at) => {
        const next = draftOf(unchanged(correction, meant()));
        if (next) onAnswer(next, { at, input: "keyboard" });
      },
    },
  ]);
  const aside = setAside(correction, originals).map(letterOf);
  const name = alone ? "none" : letterOf(correction.place ?? 0);
  return (
    <AskedWords question={question} task={task}>
      <p role="status" className="mb-1 text-xs text-ink-2">
        {alone && correction.choice === null ? t("howAlone") : t(stateOf(correction), { name })}
        {aside.length > 0 && !alone ? ` ${t("aside", { names: aside.join(", ") })}` : null}
      </p>
    </AskedWords>
  );
}

function stateOf({ choice }: Correction): "how" | "editing" | "rightChosen" {
  if (choice === null) return "how";
  return choice === "edited" ? "editing" : "rightChosen";
}

/** The answer that has the focus, by its place. */
function placeInFocus(): number | null {
  const answer = document.activeElement?.closest<HTMLElement>("[data-answer]");
  return answer ? Number(answer.dataset.answer) : null;
}
