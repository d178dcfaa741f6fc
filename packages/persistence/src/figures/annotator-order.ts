import type { MemberKind } from "@touchstone/contracts";

/** What one member judged on one day. */
export interface DayOfMember {
  readonly memberId: string;
  readonly source: MemberKind;
  readonly counted: number;
  readonly lastAt: Date;
}

export interface AnnotatorSum {
  readonly memberId: string;
  readonly judgements: number;
  readonly last: number;
}

/** A page is about people: what was brought in or made up comes after them, however much it is. */
const order: readonly MemberKind[] = ["person", "imported", "simulated"];

/** Everybody's days summed up: people first, then imported annotators, then simulated; the most active of each first. */
export function sumUpAnnotators(days: readonly DayOfMember[]): AnnotatorSum[] {
  const sums = new Map<string, AnnotatorSum & { readonly rank: number }>();
  for (const { memberId, source, counted, lastAt } of days) {
    const { judgements, last } = sums.get(memberId) ?? { judgements: 0, last: 0 };
    const rank = order.indexOf(source);
    sums.set(memberId, { memberId, rank, judgements: judgements + counted, last: Math.max(last, lastAt.getTime()) });
  }
  return [...sums.values()]
    .sort((a, b) => a.rank - b.rank || b.judgements - a.judgements)
    .map(({ memberId, judgements, last }) => ({ memberId, judgements, last }));
}
