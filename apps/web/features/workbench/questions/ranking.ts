import type { Answer, LeasedTask, Question } from "@touchstone/contracts";
import { lazyPart } from "../../../components/lazy-part.ts";
import { letterOf } from "../text/letter-of.ts";
import type { SheetParts } from "./question-parts.ts";
import { groupsOf, ranksOf } from "./ranks.ts";

const whole = (draft: Answer, { settings }: Question, { completions }: LeasedTask): Answer | null => {
  const ranks = ranksOf(draft, completions.length);
  const wanted = Math.min(typeof settings.top === "number" ? settings.top : completions.length, completions.length);
  return ranks.filter((rank) => rank !== null).length >= wanted ? { ranks } : null;
};

export const ranking: SheetParts = {
  form: "sheet",
  place: "foot",
  Control: lazyPart(() => import("./ranking-strip.tsx").then((file) => file.RankingStrip)),
  Mark: lazyPart(() => import("./rank-mark.tsx").then((file) => file.RankMark)),
  complete: whole,
  inWords: (words, answer) =>
    words("ranking.order", {
      order: groupsOf(ranksOf(answer, Array.isArray(answer.ranks) ? answer.ranks.length : 0))
        .map((group) => group.map(letterOf).join(" = "))
        .join(" › "),
    }),
};
