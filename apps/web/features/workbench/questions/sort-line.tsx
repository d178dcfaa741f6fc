"use client";
import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { KeyHint } from "../../../components/keyboard/key-hint.tsx";
import { letterOf } from "../text/letter-of.ts";
import { type Bucket, buckets, type Sort, unrankedIn } from "./buckets.ts";
import { useCardAtHand } from "./card-focus.ts";
import type { DropTarget } from "./drop-target.ts";
import type { Ranks } from "./ranks.ts";
import type { Drag, LetterHandlers } from "./use-letter-drag.ts";
import { bucketKeys } from "./use-sort-keys.ts";

interface SortLineProps {
  readonly ranks: Ranks;
  readonly sort: Sort;
  readonly drag: Drag<DropTarget> | null;
  readonly handlers: (place: number) => LetterHandlers;
  /** Puts the answer that somebody is at into a bucket. */
  readonly onPut: (bucket: Bucket) => void;
  /** A letter was pressed. */
  readonly onPress: (place: number, click: MouseEvent) => void;
}

/**
 * What has no rank yet, by the bucket in which it lies: with the order below it a map of all answers that stays in sight.
 * A letter goes to its card, and is dragged into a bucket or into the order.
 */
export function SortLine({ ranks, sort, drag, handlers, onPut, onPress }: SortLineProps): ReactNode {
  const t = useTranslations("questions.ranking");
  const atHand = useCardAtHand();
  const letters = (bucket: Bucket | null): ReactNode =>
    unrankedIn(bucket, ranks, sort).map((place) => (
      <button
        key={place}
        type="button"
        className="sort-letter"
        data-place={place}
        data-dragged={drag?.place === place || undefined}
        style={drag?.place === place ? { translate: `${drag.by.x}px ${drag.by.y}px` } : undefined}
        aria-current={atHand === place || undefined}
        aria-label={t(`letter.${bucket ?? "none"}`, { name: letterOf(place) })}
        {...handlers(place)}
        onClick={(event) => onPress(place, event)}
      >
        {letterOf(place)}
      </button>
    ));
  const landing = drag?.landing?.kind === "bucket" ? drag.landing.bucket : null;
  return (
    <fieldset className="sort-line" aria-label={t("sort")}>
      <div className="sort-box" data-unsorted="">
        {letters(null)}
      </div>
      {buckets.map((bucket) => (
        <div key={bucket} className="sort-box" data-bucket={bucket} data-landing={landing === bucket || undefined}>
          <button type="button" className="sort-put" onClick={() => onPut(bucket)}>
            <KeyHint value={bucketKeys[bucket]} /> {t(`buckets.${bucket}`)}
          </button>
          {letters(bucket)}
        </div>
      ))}
    </fieldset>
  );
}
