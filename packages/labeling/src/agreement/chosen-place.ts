import { type Answer, BestWorstAnswer, PreferenceAnswer, type Question, RankingAnswer } from "@touchstone/contracts";

/**
 * Of a question of which answer is best: the place on the screen, from 0, of the one that was chosen above all others. Null
 * for ties, for “both bad”, and for other kinds of questions.
 */
export function chosenPlace({ kind }: Pick<Question, "kind">, answer: Answer): number | null {
  switch (kind) {
    case "preference":
      return sideOf(PreferenceAnswer.parse(answer));
    case "best-worst":
      return BestWorstAnswer.parse(answer).best;
    case "ranking":
      return topOf(RankingAnswer.parse(answer));
    default:
      return null;
  }
}

/** Of seven steps the fourth is the tie. */
const middle = 4;

function sideOf(answer: PreferenceAnswer): number | null {
  if (answer.choice === "both-bad" || answer.step === middle) return null;
  return answer.step < middle ? 0 : 1;
}

function topOf({ ranks }: RankingAnswer): number | null {
  const best = Math.min(...ranks.flatMap((rank) => rank ?? []));
  const places = ranks.flatMap((rank, place) => (rank === best ? [place] : []));
  return places.length === 1 ? (places[0] ?? null) : null;
}
