import { type ItemFilter, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { tasksJudgedInHaste } from "../figures/reading-speed.ts";
import { readAgreements } from "./agreement.ts";
import type { DocumentedFilter } from "./item-filter.ts";
import { readPreferred } from "./preferred.ts";

/** What judgements have to be read for, once all else is found: of some items, those that fit. */
type Comparing = (db: Database, ids: readonly string[]) => Promise<ReadonlySet<string>>;

/**
 * A filter in two parts: what documents and tables find, and what has to be compared of each item found; null where nothing.
 *
 * @throws DomainError invalid_value where one of two models is not named.
 */
export function partsOf({ agreement, preferred, fasterThanReading, ...filter }: ItemFilter): {
  readonly filter: DocumentedFilter;
  readonly comparing: Comparing | null;
} {
  const { model, against } = filter;
  const steps: Comparing[] = [];
  if (fasterThanReading) steps.push(tasksJudgedInHaste);
  if (agreement !== undefined) {
    steps.push(async (db, ids) => {
      const agreements = await readAgreements(db, ids);
      return new Set(ids.filter((id) => agreements.get(id)?.standing === agreement));
    });
  }
  if (preferred !== undefined) {
    if (model === undefined || against === undefined) throw refused("preferredOfTwo", { at: "preferred" });
    steps.push((db, ids) => readPreferred(db, ids, { model, against, preferred }));
  }
  if (steps.length === 0) return { filter, comparing: null };
  return {
    filter,
    comparing: async (db, ids) => {
      let left: ReadonlySet<string> = new Set(ids);
      for (const step of steps) left = await step(db, [...left]);
      return left;
    },
  };
}
