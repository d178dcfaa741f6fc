import { type ItemSelection, refused } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { partsOf } from "./compared.ts";
import { findItems, idsAfter } from "./find-items.ts";
import { foundBy } from "./item-filter.ts";

/** What one command is done to, in one transaction. */
const mostSelected = 10_000;
/** Where answers have to be compared, a selection looks at so many items at most: some seconds. */
const mostCompared = 50_000;
const idsAtATime = 200;

/**
 * The ids that a selection means at this moment, those of other projects among them if they were named.
 *
 * @param most of more than these it is refused; freezing only reads, and takes more than a command that changes.
 * @throws DomainError conflict where a filter finds more than one command may change.
 */
export async function selectedIds(
  db: Database,
  projectId: string,
  selection: ItemSelection,
  most = mostSelected,
): Promise<string[]> {
  if ("ids" in selection) return [...new Set(selection.ids)];
  const { filter, comparing } = partsOf(selection.filter);
  const ids =
    comparing === null
      ? await idsAfter(db, await foundBy(db, projectId, filter), undefined, most + 1)
      : await comparedIds(db, projectId, selection.filter);
  if (ids.length > most) throw refused("tooManySelected", { limit: most });
  return ids;
}

async function comparedIds(
  db: Database,
  projectId: string,
  filter: Parameters<typeof findItems>[2],
): Promise<string[]> {
  const ids: string[] = [];
  let looked = 0;
  let cursor: string | undefined;
  do {
    const page = await findItems(db, projectId, filter, { cursor, limit: idsAtATime });
    ids.push(...page.ids);
    looked += page.lookedAt ?? 0;
    cursor = page.next ?? undefined;
    if (cursor !== undefined && looked >= mostCompared) throw refused("tooManyCompared", { limit: mostCompared });
  } while (cursor !== undefined && ids.length <= mostSelected);
  return ids;
}
