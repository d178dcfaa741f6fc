import type { Aggregation, Comparison } from "@touchstone/contracts";
import { AgreedItem, type RowContext } from "../context.ts";
import { trlPreferenceRow } from "../rows.ts";
import type { Pair } from "./pair.ts";

/** What all judgements of two answers say together. */
interface Total {
  /** The first of them, in the order of the ids of its answers. */
  readonly form: Comparison;
  /** What the tasks with these answers say of their items. */
  readonly item: AgreedItem;
  first: number;
  second: number;
  ties: number;
  bothBad: number;
  /** Of the weights of all: a pair of a ranking of K weighs 2/K. */
  weight: number;
  /** Of margins toward the first, weighted alike. */
  margins: number;
  readonly labelIds: string[];
}

/**
 * Puts the comparisons of the same two answers together. It holds each pair's texts once and the ids of its judgements, so
 * whoever feeds it the judgements of a few prompts at a time needs no more than those.
 */
export class PairTotals {
  readonly #totals = new Map<string, Total>();

  add(given: Comparison, context: RowContext): void {
    const form = inOrder(given);
    const key = `${form.promptId} ${form.a.completionId} ${form.b.completionId}`;
    let total = this.#totals.get(key);
    if (total === undefined) {
      const nothing = { first: 0, second: 0, ties: 0, bothBad: 0, weight: 0, margins: 0 };
      total = { form, item: new AgreedItem(context), ...nothing, labelIds: [] };
      this.#totals.set(key, total);
    } else total.item.add(context);
    if (form.outcome > 0) total.first += 1;
    else if (form.outcome < 0) total.second += 1;
    else total.ties += 1;
    if (form.bothBad) total.bothBad += 1;
    total.weight += form.weight;
    total.margins += Math.sign(form.outcome) * (form.margin ?? Math.abs(form.outcome) / 3);
    total.labelIds.push(context.vote.labelId ?? form.judgementId);
  }

  /** Each pair once: by the majority, or with the share of those who preferred the first. */
  *rows(aggregation: Exclude<Aggregation, "votes">): Generator<Pair | "tie" | "evenVotes"> {
    for (const total of this.#totals.values()) {
      const undecided = aggregation === "majority" ? undecidedBy(total) : null;
      yield undecided ?? pairOfTotal(total);
    }
  }
}

/** Why most prefer neither: more of them said that it is a tie, or as many preferred the one as the other. */
function undecidedBy({ first, second, ties }: Total): "tie" | "evenVotes" | null {
  if (ties > Math.max(first, second)) return "tie";
  if (first !== second) return null;
  return first === 0 ? "tie" : "evenVotes";
}

/** The same comparison with the answer of the lower id first. */
function inOrder(form: Comparison): Comparison {
  if (form.a.completionId <= form.b.completionId) return form;
  const first = form.first === "a" ? "b" : "a";
  const { edited } = form;
  const turned = edited === undefined ? {} : { edited: edited === "a" ? ("b" as const) : ("a" as const) };
  return { ...form, a: form.b, b: form.a, outcome: -form.outcome, first, ...turned };
}

/** As many on both sides: the first stands as `chosen` with a share of one half. */
function pairOfTotal({ form, item, first, second, ties, bothBad, weight, margins, labelIds }: Total): Pair {
  const votes = first + second + ties;
  const outcome = first >= second ? 1 : -1;
  const row = trlPreferenceRow({ ...form, outcome }, item.context());
  if (row === null) throw new Error("A pair that prefers one side has a row.");
  const { prompt, chosen, rejected, margin: _margin, ...one } = row;
  const { label_id: _label, annotator_hash: _who, original_margin: _given, ...known } = one;
  const { comment: _comment, flagged: _flagged, created_at: _at, ...ofPair } = known;
  const [won, lost] = outcome > 0 ? [first, second] : [second, first];
  const margin = Math.max(0, (outcome * margins) / votes);
  return {
    prompt,
    chosen,
    rejected,
    margin,
    split: form.split,
    contradicted: first > 0 && second > 0,
    provenance: {
      votes_chosen: won,
      votes_rejected: lost,
      votes_tie: ties,
      votes_both_bad: bothBad,
      votes,
      share: (won + ties / 2) / votes,
      weight,
      margin,
      label_ids: labelIds,
      ...ofPair,
    },
  };
}
