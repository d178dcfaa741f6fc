import type { Comparison } from "@touchstone/contracts";
import { unnamedAnnotator } from "../import-row.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { contentId, type TrainingRow } from "../training/training-row.ts";

/**
 * A row as a line that `readTraining` takes for the same row. `cluster` is the key of its tree: a later preparation of this file
 * knows it again.
 *
 * @param preserved columns of the file that no trainer reads, and its margin: they stand beside the rest as they came
 */
export function preparedColumns(row: TrainingRow, cluster: string, preserved: JsonRow["value"]): object {
  const columns = columnsOf(row, cluster);
  return Object.fromEntries([...Object.entries(columns), ...Object.entries(preserved)]);
}

/** The columns that trainers read of a row. */
export function columnsOf(row: TrainingRow, cluster: string): object {
  if (row.kind === "text") return { text: row.text, cluster };
  const { prompt, promptId, split } = row;
  const named = promptId === contentId(prompt) ? {} : { prompt_id: promptId };
  const origin = { split, ...named, cluster };
  switch (row.kind) {
    case "prompt":
      return { prompt, ...origin };
    case "demonstration":
      return { prompt, completion: row.text, ...origin };
    case "judged":
      return { prompt, completion: row.text, label: row.wanted, ...origin };
    case "rewarded":
      return { prompt, completion: row.text, reward: row.reward, ...origin };
    case "rating":
      return {
        prompt,
        completion: row.completion.text,
        score: row.score,
        ...(row.aspect === undefined ? {} : { aspect: row.aspect }),
        ...weightOf(row),
        ...origin,
        ...judgedBy(row),
      };
    case "ranking": {
      const completions = row.groups.flat().map(({ text }) => text);
      const ranking = row.groups.flatMap((group, index) => group.map(() => index + 1));
      return { prompt, completions, ranking, ...weightOf(row), ...origin, ...judgedBy(row) };
    }
    case "comparison":
      return { prompt, ...preferenceOf(row), ...weightOf(row), ...origin, ...judgedBy(row) };
  }
}

/** A margin is another objective to a reward trainer: only one that the file had is written. */
function preferenceOf({ a, b, outcome, bothBad, margin }: Comparison) {
  const [chosen, rejected] = outcome < 0 ? [b, a] : [a, b];
  const judged = outcome === 0 ? { tie: true, ...(bothBad ? { both_bad: true } : {}) } : {};
  // The file's rule for its margins is lost where rows of several files meet, so that each row states its strength.
  const lead = margin === undefined ? {} : { margin, ...(outcome === 0 ? {} : { margin_step: Math.abs(outcome) }) };
  return { chosen: answer(chosen.text), rejected: answer(rejected.text), ...judged, ...lead };
}

/** As messages: a text that happens to read “Human: …” is not taken for a transcript. */
function answer(content: string) {
  return [{ role: "assistant", content }];
}

function weightOf({ weight }: { weight: number }) {
  return weight === 1 ? {} : { weight };
}

function judgedBy({ judgementId, annotator }: { judgementId: string; annotator: string }) {
  // A judgement that its file gave no name is called by its line, which says nothing in another file.
  const named = /^line \d+$/.test(judgementId) ? {} : { label_id: judgementId };
  return { ...named, ...(annotator === unnamedAnnotator ? {} : { annotator_hash: annotator }) };
}
