"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { letterOf } from "../text/letter-of.ts";
import { useCardInFocus } from "./card-focus.ts";
import type { Ranks } from "./ranks.ts";

interface RankingStatusProps {
  readonly ranks: Ranks;
  /** The rank that a tap gives. */
  readonly tapped: number;
  readonly current: boolean;
  /** What there is to say about the last key or move; null once something else has happened. */
  readonly said: string | null;
}

/** What a key, or where there are none a tap, does next; or what the last one did. */
export function RankingStatus({ ranks, tapped, current, said }: RankingStatusProps): ReactNode {
  const t = useTranslations("questions.ranking");
  const focused = useCardInFocus();
  const left = ranks.filter((rank) => rank === null).length;
  const byKey = (): string => {
    const place = focused ?? ranks.indexOf(null);
    const rank = ranks[place] ?? null;
    if (left === 0 && (rank === null || !current)) return t("allRanked");
    if (!current) return t("tap", { rank: tapped });
    return rank === null ? t("next", { name: letterOf(place), left }) : t("change", { name: letterOf(place), rank });
  };
  return (
    <p role="status" className="ranking-status">
      {said ?? (
        <>
          <span className="pointer-coarse:hidden">{byKey()}</span>
          <span className="hidden pointer-coarse:inline">
            {left === 0 ? t("allRankedTap") : t("tap", { rank: tapped })}
          </span>
        </>
      )}
    </p>
  );
}
