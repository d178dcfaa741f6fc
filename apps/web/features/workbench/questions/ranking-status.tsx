"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterOf } from "../text/letter-of.ts";
import { firstToRank, type Sort, unrankedIn } from "./buckets.ts";
import { useCardAtHand, useCardInFocus } from "./card-focus.ts";
import type { Ranks } from "./ranks.ts";

interface RankingStatusProps {
  readonly ranks: Ranks;
  /** Where the answers lie that are sorted first; null where they are few. */
  readonly sort: Sort | null;
  /** The rank that a tap gives. */
  readonly tapped: number;
  readonly current: boolean;
  /** What there is to say about the last key or move; null once something else has happened. */
  readonly said: string | null;
}

/** What a key, or where there are none a tap, does next; or what the last one did. */
export function RankingStatus({ ranks, sort, tapped, current, said }: RankingStatusProps): ReactNode {
  const t = useTranslations("questions.ranking");
  const focused = useCardInFocus();
  const atHand = useCardAtHand();
  const left = ranks.filter((rank) => rank === null).length;
  const unsorted = sort ? unrankedIn(null, ranks, sort) : [];
  // Nobody has to sort: whoever has begun to rank is told of ranks.
  const sorts = unsorted.length > 0 && left === ranks.length;
  const toSort = atHand ?? unsorted[0] ?? 0;
  /** Which answers the next ranks are for, once all are sorted. */
  const together = (place: number | null, next: string): string => {
    const bucket = sort?.[place ?? -1];
    if (!sort || !bucket || unsorted.length > 0) return next;
    const names = unrankedIn(bucket, ranks, sort).map(letterOf).join(", ");
    return t("together", { bucket: t(`buckets.${bucket}`), names, next });
  };
  const byKey = (): string => {
    if (sorts && current) return t("sortNext", { name: letterOf(toSort), left: unsorted.length });
    const place = focused ?? firstToRank(ranks, sort ?? ranks.map(() => null)) ?? -1;
    const rank = ranks[place] ?? null;
    if (left === 0 && (rank === null || !current)) return t("allRanked");
    if (!current) return t("tap", { rank: tapped });
    if (rank !== null) return t("change", { name: letterOf(place), rank });
    return together(place, t("next", { name: letterOf(place), left }));
  };
  const byTap = (): string => {
    if (sorts) return t("sortTap", { name: letterOf(toSort), left: unsorted.length });
    if (left === 0) return t("allRankedTap");
    return together(sort && firstToRank(ranks, sort), t("tap", { rank: tapped }));
  };
  return (
    <p role="status" className="ranking-status">
      {said ?? (
        <>
          <span className="pointer-coarse:hidden">{byKey()}</span>
          <span className="hidden pointer-coarse:inline">{byTap()}</span>
        </>
      )}
    </p>
  );
}
