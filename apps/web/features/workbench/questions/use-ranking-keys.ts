"use client";
import { useTranslations } from "next-intl";
import type { KeyBinding } from "../../../components/keyboard/key-registry.ts";
import { useKeys } from "../../../components/keyboard/use-keys.ts";
import { letterOf } from "../text/letter-of.ts";
import { draftWith, firstToRank, nextToRank, sortOf, stateOf } from "./buckets.ts";
import { focusCard, placeInFocus } from "./card-focus.ts";
import type { ControlProps } from "./question-parts.ts";
import { ranksOf, withRank } from "./ranks.ts";

/** All that a keyboard has. */
const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/**
 * A digit ranks the card that has the focus, else the first without a rank, and the focus goes on to the next one, of the
 * same bucket where they were sorted; 0 takes a rank back. What a digit does beyond that, or why it does nothing, is said.
 */
export function useRankingKeys(
  { question, task, draft, current, onDraft, onAnswer }: ControlProps,
  say: (words: string, about?: string) => void,
): void {
  const t = useTranslations("questions.ranking");
  const count = task.completions.length;
  const ties = question.settings.ties !== false;
  const ranks = ranksOf(draft, count);
  const sort = sortOf(draft, count);

  const rank = (digit: number, at: number): void => {
    const place = placeInFocus() ?? firstToRank(ranks, sort);
    if (digit > count || place === null) {
      say(digit > count ? t("tooHigh", { count }) : t("noneInFocus"));
      return;
    }
    const next = withRank(ranks, place, digit, ties);
    const others = ranks.flatMap((had, one) => (had === digit && one !== place ? [one] : []));
    if (others.length > 0) {
      const names = { name: letterOf(place), others: others.map(letterOf).join(", "), rank: digit };
      say(t(ties ? "tied" : "lost", names), stateOf(next, sort));
    }
    // What was whole before is being mended: more may follow before it is sent.
    if (!ranks.includes(null)) onDraft(draftWith(draft, next));
    else if (!onAnswer(draftWith(draft, next), { at, input: "keyboard" })) return;
    focusCard(nextToRank(next, sort, place));
  };
  const takeBack = (): void => {
    const place = placeInFocus();
    if (place === null) say(t("noneInFocus"));
    else onDraft(draftWith(draft, withRank(ranks, place, null, true)));
  };
  const byDigit = (digit: number): KeyBinding => ({
    key: String(digit),
    // Listed are those that rank something.
    ...(digit <= count ? { label: t("key", { rank: digit }) } : {}),
    run: (at) => rank(digit, at),
  });
  useKeys(current ? [...digits.map(byDigit), { key: "0", label: t("keyNone"), run: takeBack }] : []);
}
