import type { Answer, LeasedTask, Question } from "@touchstone/contracts";
import { letterOf } from "../text/letter-of.ts";
import type { SheetParts } from "./question-parts.ts";
import { RankMark } from "./rank-mark.tsx";
import { RankingStrip } from "./ranking-strip.tsx";
import { groupsOf, ranksOf } from "./ranks.ts";

const whole = (draft: Answer, { settings }: Question, { completions }: LeasedTask): Answer | null => {
  const ranks = ranksOf(draft, completions.length);
  const wanted = Math.min(typeof settings.top === "number" ? settings.top : completions.length, completions.length);
  return ranks.filter((rank) => rank !== null).length >= wanted ? { ranks } : null;
};

export const ranking: SheetParts = {
  form: "parts",
  place: "foot",
  Control: RankingStrip,
  Mark: RankMark,
  complete: whole,
  inWords: (words, answer) =>
    words("ranking.order", {
      order: groupsOf(ranksOf(answer, Array.isArray(answer.ranks) ? answer.ranks.length : 0))
        .map((group) => group.map(letterOf).join(" = "))
        .join(" › "),
    }),
};
