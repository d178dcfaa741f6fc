import type { AskedOfRows } from "@touchstone/datasets";
import { type StagedRows, stageRows } from "./stage-rows.ts";
import type { RowToImport, StagedRow } from "./staged-row.ts";

/**
 * Rows as `stageRows` makes them, with no more of each than says whether it is there already: the prompt's hash, the keys of
 * its answers, its tasks and who judged them. Some hundred bytes a row, however long its texts are.
 */
export function stageIdentities(source: AsyncIterable<RowToImport>, asked: AskedOfRows): AsyncGenerator<StagedRows> {
  return stageRows(source, asked, identityOf);
}

function identityOf({ label, sides, tasks }: StagedRow): object {
  return {
    label,
    sides: sides.map(({ key, exportedId, text, media }) => ({
      key,
      ...(exportedId ? { exportedId } : {}),
      full: text !== null || media !== undefined,
    })),
    tasks: tasks.map(({ votes, gold: _, ...task }) => ({
      ...task,
      votes: votes.map(({ annotator }) => ({ annotator })),
    })),
  };
}
