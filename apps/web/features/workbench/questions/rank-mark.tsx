"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterOf } from "../text/letter-of.ts";
import { singlePress } from "../views/single-press.ts";
import { draftWith, isSorted, sortOf } from "./buckets.ts";
import { useCardAtHand } from "./card-focus.ts";
import type { BodyProps } from "./question-parts.ts";
import { ranksOf, tappedRank, withRank } from "./ranks.ts";

/**
 * The rank of an answer in its head. A press gives the next free one, or takes it back: so a phone ranks by tapping in
 * order, and there it says which rank a tap gives.
 */
export function RankMark({ task, draft, place, onDraft, onAnswer }: BodyProps): ReactNode {
  const t = useTranslations("questions.ranking");
  const ranks = ranksOf(draft, task.completions.length);
  const rank = ranks[place] ?? null;
  const bucket = isSorted(ranks.length) ? sortOf(draft, ranks.length)[place] : null;
  const atHand = useCardAtHand() === place;
  const tapped = tappedRank(draft, ranks);
  const name = letterOf(place);
  return (
    <>
      <button
        type="button"
        aria-label={rank === null ? t("unranked", { name, rank: tapped }) : t("ranked", { name, rank })}
        data-at-hand={atHand || undefined}
        data-ranked={rank !== null || undefined}
        className="rank-mark"
        onClick={(event) => {
          const press = singlePress(event.nativeEvent);
          if (rank !== null) onDraft(draftWith(draft, withRank(ranks, place, null, true)));
          else if (press) onAnswer(draftWith(draft, withRank(ranks, place, tapped, true)), press);
        }}
      >
        {rank ?? (
          <>
            <span className="pointer-coarse:hidden">–</span>
            <span className="hidden pointer-coarse:inline">{t("give", { rank: tapped })}</span>
          </>
        )}
      </button>
      {bucket ? <span className="bucket-mark">{t(`buckets.${bucket}`)}</span> : null}
    </>
  );
}
