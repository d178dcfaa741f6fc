import type { Answers, Comparison, NormalForm, Questions } from "@touchstone/contracts";
import type { JudgedTask } from "../judged-task.ts";
import type { ShownOrder } from "../outcome.ts";
import { formsOf, ordersAnswers } from "../questions/kinds.ts";
import { rankingPairs } from "../ranking-pairs.ts";

/** What a judgement says of two of its task's answers, by their places in canonical order. */
export interface OrderedPair {
  readonly one: number;
  readonly other: number;
  readonly won: "one" | "other" | "tie";
  /** Which of the two was shown earlier. */
  readonly first: "one" | "other";
  /** 1, or the pair's share of a ranking or of a choice of best and worst. */
  readonly weight: number;
  /** The question that was answered. */
  readonly question: string;
}

/**
 * The pairs that a judgement puts in order, by the one table of `normalise`: of preferences, rankings and choices of best and
 * worst. Nothing is read, so answers whose texts nobody has serve as well. What an annotator made of an answer is no answer of
 * a model, and is left out.
 *
 * @throws RangeError where answer, order and the number of completions contradict each other.
 */
export function orderedPairs(
  questions: Questions,
  answers: Answers,
  shownOrder: ShownOrder,
  completions: number,
): OrderedPair[] {
  const task = taskOf(shownOrder, completions);
  return questions.flatMap((question) => {
    const answer = answers[question.name];
    if (answer === undefined || !ordersAnswers(question.kind)) return [];
    return formsOf(question, answer, task)
      .flatMap(comparisonsIn)
      .filter(({ edited }) => edited === undefined)
      .map((comparison) => ({ ...pairOf(comparison, shownOrder), question: question.name }));
  });
}

/** A task whose answers are called by their places. */
function taskOf(shownOrder: ShownOrder, completions: number): JudgedTask {
  return {
    judgementId: "",
    annotator: "",
    promptId: "",
    prompt: [],
    split: "train",
    shownOrder,
    completions: Array.from({ length: completions }, (_, place) => ({ completionId: String(place), text: "–" })),
  };
}

function comparisonsIn(form: NormalForm): Comparison[] {
  if (form.kind === "ranking") return rankingPairs(form);
  return form.kind === "comparison" ? [form] : [];
}

function pairOf({ a, b, outcome, weight }: Comparison, shownOrder: ShownOrder): Omit<OrderedPair, "question"> {
  const [one, other] = [Number(a.completionId), Number(b.completionId)];
  const first = shownOrder.indexOf(one) < shownOrder.indexOf(other) ? "one" : "other";
  if (outcome === 0) return { one, other, won: "tie", first, weight };
  return { one, other, won: outcome > 0 ? "one" : "other", first, weight };
}
