"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { letterOf } from "../text/letter-of.ts";
import type { ControlProps } from "./question-parts.ts";
import { groupsOf, moved, nextRank, type Ranks, ranksOf, withRank } from "./ranks.ts";

/**
 * The order so far, in a strip that stays in sight while the cards keep their places. A digit ranks the card that has the
 * focus, else the first without a rank, and the focus goes on to the next one; in the strip answers are dragged, or moved
 * by the arrow keys.
 */
export function RankingStrip({ question, task, draft, onDraft, onAnswer }: ControlProps): ReactNode {
  const t = useTranslations("questions.ranking");
  const [dragged, setDragged] = useState<number | null>(null);
  const count = task.completions.length;
  const ties = question.settings.ties !== false;
  const ranks = ranksOf(draft, count);
  const order = groupsOf(ranks);

  const rank = (digit: number, at: number): void => {
    const place = placeInFocus() ?? ranks.indexOf(null);
    if (place < 0 || digit > count) return;
    const next = withRank(ranks, place, digit, ties);
    onAnswer({ ranks: next }, { at, input: "keyboard" });
    focusCard(next.indexOf(null));
  };
  const move = (place: number, to: number): void => onDraft({ ranks: moved(ranks, place, to) });
  useKeys([
    ...Array.from({ length: count }, (_, index) => ({
      key: String(index + 1),
      label: t("key", { rank: index + 1 }),
      run: (at: number) => rank(index + 1, at),
    })),
    { key: "0", label: t("keyNone"), run: () => takeBack(ranks, onDraft) },
  ]);
  return (
    <ol className="ranking-strip" aria-label={t("strip")}>
      {order.map((group, position) => (
        <li
          key={group.join()}
          onDragOver={(event) => event.preventDefault()}
          onDrop={() => dragged !== null && move(dragged, position)}
        >
          {group.map((place) => (
            <button
              key={place}
              type="button"
              draggable
              aria-label={t("inStrip", { name: letterOf(place), position: position + 1 })}
              onDragStart={() => setDragged(place)}
              onDragEnd={() => setDragged(null)}
              onKeyDown={(event) => {
                if (event.key === "ArrowLeft") move(place, Math.max(0, position - 1));
                else if (event.key === "ArrowRight") move(place, position + 1);
                else return;
                event.preventDefault();
              }}
              onClick={() => focusCard(place)}
            >
              {letterOf(place)}
            </button>
          ))}
        </li>
      ))}
      {ranks.includes(null) ? (
        <li className="text-ink-3">
          {t("next", {
            name: letterOf(ranks.indexOf(null)),
            rank: nextRank(ranks),
            left: ranks.filter((r) => r === null).length,
          })}
        </li>
      ) : null}
    </ol>
  );
}

/** The card that has the focus, by its place. */
function placeInFocus(): number | null {
  const card = document.activeElement?.closest<HTMLElement>("[data-answer]");
  return card ? Number(card.dataset.answer) : null;
}

/** Puts the focus on a card, and it in sight; on none where all are ranked. */
function focusCard(place: number): void {
  if (place < 0) return;
  document.querySelector<HTMLElement>(`[data-answer="${place}"]`)?.focus();
}

function takeBack(ranks: Ranks, onDraft: ControlProps["onDraft"]): void {
  const place = placeInFocus();
  if (place !== null) onDraft({ ranks: withRank(ranks, place, null, true) });
}
