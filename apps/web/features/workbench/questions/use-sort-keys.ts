"use client";
import { useTranslations } from "next-intl";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { type Bucket, buckets, firstToRank, neighbour, nextToSort, readTogether, type Sort } from "./buckets.ts";
import { focusCard, placeAtHand } from "./card-focus.ts";
import type { ControlProps } from "./question-parts.ts";

/** Three neighbours under the right hand. The digits are ranks, so that a ranking of K takes K keys where nobody sorts. */
export const bucketKeys: Readonly<Record<Bucket, string>> = { good: "j", ok: "k", bad: "l" };

interface SortState {
  readonly ranks: (number | null)[];
  readonly sort: Sort;
  /** Whether so many answers are sorted before they are ranked. */
  readonly sorted: boolean;
}

/**
 * A letter puts the card that somebody is at into a bucket, and the focus goes on to the next unsorted one; after the last,
 * to where ranking begins. Two more letters turn from card to card, however long they are.
 * @returns what the button of a bucket does.
 */
export function useSortKeys(
  { draft, current, onDraft }: ControlProps,
  { ranks, sort, sorted }: SortState,
): (bucket: Bucket) => void {
  const t = useTranslations("questions.ranking");
  const put = (bucket: Bucket): void => {
    const place = placeAtHand() ?? nextToSort(ranks, sort, -1);
    if (place === null) return;
    const next = sort.with(place, bucket);
    // Sorted anew, it is ranked anew: its rank was given among others.
    const left = sort[place] === bucket ? ranks : ranks.with(place, null);
    onDraft({ ...draft, ranks: left, sort: next });
    focusCard(nextToSort(left, next, place) ?? firstToRank(left, next));
  };
  const turn = (by: -1 | 1): void => {
    const place = placeAtHand();
    focusCard(place === null ? 0 : neighbour(readTogether(sort, place), place, by));
  };
  const putting = buckets.map((bucket) => ({
    key: bucketKeys[bucket],
    label: t("keyBucket", { bucket: t(`buckets.${bucket}`) }),
    run: () => put(bucket),
  }));
  const turning = [
    { key: "n", label: t("keyNext"), run: () => turn(1) },
    { key: "u", label: t("keyPrevious"), run: () => turn(-1) },
  ];
  useKeys(current ? [...(sorted ? putting : []), ...turning] : []);
  return put;
}
