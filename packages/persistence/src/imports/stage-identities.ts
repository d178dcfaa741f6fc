import type { BroughtName } from "@touchstone/contracts";
import type { AskedOfRows } from "@touchstone/datasets";
import { copyText, type StagedRows } from "./stage-rows.ts";
import { type RowToImport, stage } from "./staged-row.ts";

/** Characters of one chunk. */
const chunkLength = 64 * 1024;

/**
 * Rows as `stageRows` makes them, with no more of each than says whether it is there already: the prompt's hash, the keys of
 * its answers, its tasks and who judged them. Some hundred bytes a row, however long its texts are.
 */
export async function* stageIdentities(
  source: AsyncIterable<RowToImport>,
  asked: AskedOfRows,
): AsyncGenerator<StagedRows> {
  const encoder = new TextEncoder();
  let text = "";
  let rows = 0;
  let brought = new Set<BroughtName>();
  const chunk = () => ({ bytes: encoder.encode(text), rows, differingPrefixes: 0, media: 0, brought: [...brought] });
  for await (const row of source) {
    const { hash, sides, tasks, label } = stage(row, asked);
    const identity = {
      label,
      sides: sides.map(({ key, exportedId, text: words, media }) => ({
        key,
        ...(exportedId ? { exportedId } : {}),
        full: words !== null || media !== undefined,
      })),
      tasks: tasks.map(({ votes, gold: _, ...task }) => ({
        ...task,
        votes: votes.map(({ annotator }) => ({ annotator })),
      })),
    };
    text += `${row.line}\t${hash}\t${copyText(JSON.stringify(identity))}\n`;
    rows += 1;
    for (const { questionnaire } of row.judgements ?? []) brought.add(questionnaire);
    if (text.length < chunkLength) continue;
    yield chunk();
    text = "";
    rows = 0;
    brought = new Set();
  }
  if (rows > 0) yield chunk();
}
