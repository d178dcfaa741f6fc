import type { JsonRow } from "../read/json-rows.ts";
import { withoutNulls } from "./rows-of.ts";
import type { TrainingRow } from "./training-row.ts";

const asked = ["prompt", "prompt_id", "split"];
const judgedBy = ["annotator_hash", "annotator", "label_id", "id"];
/** Our own exports and prepared files say by these where a row belongs; `prepare` reads them. */
const placed = ["cluster", "message_tree_id"];

/** The columns that `rowsOf` takes something from when it makes a row of this kind. */
const columnsRead: Readonly<Record<TrainingRow["kind"], readonly string[]>> = {
  comparison: [...asked, ...["chosen", "rejected", "margin", "margin_step", "tie", "both_bad", "weight"], ...judgedBy],
  ranking: [...asked, "completions", "ranking", "weight", ...judgedBy],
  rating: [...asked, "completion", "score", "aspect", "weight", ...judgedBy],
  judged: [...asked, "completion", "label"],
  rewarded: [...asked, "completion", "reward"],
  demonstration: [...asked, "completion"],
  prompt: asked,
  text: ["text", "split"],
};

/** The columns of a file's line that its rows take nothing from, so that none is passed over unsaid. */
export function unreadColumns(given: JsonRow, [row]: readonly TrainingRow[]): string[] {
  if (row === undefined) return [];
  const { value } = withoutNulls(given);
  const read = new Set([...ownColumns(value, row), ...placed]);
  return Object.entries(value).flatMap(([name, cell]) => (cell === null || read.has(name) ? [] : [name]));
}

function ownColumns(value: JsonRow["value"], row: TrainingRow): readonly string[] {
  if (isUltraFeedback(value)) return ["instruction", "completions", "split"];
  const isConversation = row.kind === "demonstration" || row.kind === "prompt";
  if (isConversation && value.completion === undefined && value.messages !== undefined) {
    return ["messages", "prompt_id", "split"];
  }
  return columnsRead[row.kind];
}

function isUltraFeedback(value: JsonRow["value"]): boolean {
  const isPair = value.chosen !== undefined || value.rejected !== undefined;
  return !isPair && value.instruction !== undefined && Array.isArray(value.completions);
}
