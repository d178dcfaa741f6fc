"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useKeys } from "../../../../components/keyboard/use-keys.ts";
import { letterOf } from "../../text/letter-of.ts";
import type { Press } from "../../views/single-press.ts";
import { AskedWords } from "../asked-words.tsx";
import type { ControlProps } from "../question-parts.ts";
import { draftOf, type Extremes, extremesOf, withPressed } from "./extremes.ts";
import { PickButton } from "./pick-button.tsx";
import { digitsTo, keyPress } from "./press-of.ts";

/** A button an answer, under the thumbs: the first press is the best, the second the worst; one more takes either back. */
export function BestWorstControl({ question, task, draft, current, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions");
  const count = task.completions.length;
  const extremes = extremesOf(draft, count);
  const pick = (place: number, press: Press): void => {
    const next = draftOf(withPressed(extremes, place));
    if (next === null) onDraft(null);
    else onAnswer(next, press);
  };
  useKeys(
    current
      ? digitsTo(count).map((digit) => ({
          key: String(digit),
          label: t("bestWorst.key", { name: letterOf(digit - 1) }),
          run: (at: number) => pick(digit - 1, keyPress(at)),
        }))
      : [],
  );
  return (
    <AskedWords question={question} task={task}>
      <div className="mb-1.5 grid min-w-0 gap-1">
        <p role="status" className="text-xs text-ink-2">
          {t(`bestWorst.${wanted(extremes)}`)}
        </p>
        <div className="flex flex-wrap gap-2">
          {task.completions.map(({ id }, place) => (
            <PickButton
              key={id}
              chosen={place === extremes.best || place === extremes.worst}
              label={labelOf(place)}
              shortcut={current ? String(place + 1) : undefined}
              onPick={(press) => pick(place, press)}
            >
              {letterOf(place)} {markOf(place)}
            </PickButton>
          ))}
        </div>
      </div>
    </AskedWords>
  );

  function labelOf(place: number): string {
    const name = letterOf(place);
    if (place === extremes.best) return t("bestWorst.isBest", { name });
    return place === extremes.worst ? t("bestWorst.isWorst", { name }) : t("bestWorst.answer", { name });
  }

  function markOf(place: number): string | null {
    if (place === extremes.best) return t("bestWorst.best");
    return place === extremes.worst ? t("bestWorst.worst") : null;
  }
}

/** What the next press says. */
function wanted({ best, worst }: Extremes): "wantsBest" | "wantsWorst" | "chosen" {
  if (best === null) return "wantsBest";
  return worst === null ? "wantsWorst" : "chosen";
}
