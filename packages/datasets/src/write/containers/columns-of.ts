import type { Aggregation, ExportFormat } from "@touchstone/contracts";
import { type Column, type ColumnType, columnsFrom } from "./column.ts";

type Columns = Readonly<Record<string, ColumnType>>;

const turns: ColumnType = { list: { fields: { role: "text", content: "text" } } };
/** Turns with whatever a turn may have beside its text. */
const fullTurns: ColumnType = {
  list: {
    fields: { role: "text", content: "text", name: "text", tool_call_id: "text", tool_calls: "json", media: "json" },
  },
};
const said: ColumnType = { fields: { from: "text", value: "text" } };
const texts: ColumnType = { list: "text" };

const plainItem: Columns = {
  ...{ external_id: "text", gold: "text", cluster: "text", language: "text", source_text: "text" },
  sensitive: "boolean",
};
/** The raw export has metadata as it is. */
const item: Columns = { ...plainItem, metadata: "text" };
const vote: Columns = { comment: "text", flagged: "boolean", created_at: "text" };
const answered: Columns = {
  ...{ split: "text", prompt_id: "text", completion_id: "text", label_id: "text", annotator_hash: "text" },
  ...{ completion_external_id: "text", model: "text" },
};
const pairOfAnswers: Columns = {
  ...{ split: "text", prompt_id: "text", chosen_id: "text", rejected_id: "text" },
  ...{ label_id: "text", annotator_hash: "text", original_margin: "number" },
  ...{ chosen_external_id: "text", rejected_external_id: "text", chosen_model: "text", rejected_model: "text" },
};
const pair: Columns = { prompt: turns, chosen: turns, rejected: turns };
const shown: Columns = {
  ...{ question: "text", questionnaire: "json", shown_order: { list: "integer" }, completions: "json" },
  ...{ prompt: fullTurns, prompt_id: "text", split: "text", task_id: "text", evaluation_id: "text" },
  ...{ blind: "boolean", guideline_version: "integer", ...plainItem },
};

/** The columns of each format's rows, each whether every row has it or not. A margin stands in a shape where it was asked for. */
const columns: Readonly<Record<ExportFormat, Columns>> = {
  "trl-preference": {
    ...{ prompt: fullTurns, chosen: fullTurns, rejected: fullTurns, margin: "number" },
    ...pairOfAnswers,
    ...item,
    ...vote,
  },
  ratings: {
    ...{ prompt: fullTurns, completion: "text", completion_media: "json", score: "number", aspect: "text" },
    ...answered,
    ...item,
    ...vote,
  },
  stepwise: {
    ...{ prompt: "text", completions: texts, labels: { list: "boolean" }, verdicts: texts, messages: fullTurns },
    ...answered,
    ...item,
    ...vote,
  },
  "sft-messages": { messages: fullTurns, answer_turns: "integer", ...answered, ...item },
  judgements: {
    ...{ kind: "text", label_id: "text", annotator_hash: "text", source: "text", answer: "json", answers: "json" },
    ...{ outcome: "integer", preferred: "json", scores: "json" },
    ...shown,
    ...{ original_margin: "number", timings: "json", faster_than_reading: "boolean" },
    ...vote,
    ...{
      metadata: "json",
      supersedes: "text",
      repeat: "boolean",
      left_out: "text",
      skip_id: "text",
      skip_reason: "text",
    },
  },
  "trl-preference-plain": pair,
  openrlhf: pair,
  rankings: {
    ...{ prompt: turns, responses: texts, ranks: { list: "integer" }, label_id: "text", annotator_hash: "text" },
    ...{ prompt_id: "text", response_ids: texts, models: texts, split: "text", weight: "number" },
    ...{ outcome: "integer", both_bad: "boolean" },
    ...item,
    ...vote,
  },
  "kto-ratings": { prompt: turns, completion: turns, label: "boolean" },
  "kto-pairs": { prompt: turns, completion: turns, label: "boolean" },
  "prompt-only": { prompt: turns },
  hh: { chosen: "text", rejected: "text" },
  "llama-factory-sharegpt": { conversations: { list: said }, chosen: said, rejected: said, system: "text" },
  "llama-factory-alpaca": {
    ...{ instruction: "text", input: "text", chosen: "text", rejected: "text", system: "text" },
    history: { list: texts },
  },
  "ms-swift": { messages: turns, rejected_response: "text" },
  verl: {
    ...{ data_source: "text", prompt: turns, ability: "text" },
    reward_model: { fields: { style: "text", ground_truth: "text" } },
    extra_info: { fields: { split: "text", index: "text" } },
  },
  "nemo-rl": { context: turns, completions: { list: { fields: { rank: "integer", completion: turns } } } },
  "openai-preference": {
    input: { fields: { messages: turns } },
    preferred_output: turns,
    non_preferred_output: turns,
  },
  "label-studio": { data: "json", annotations: "json" },
};

/** What a pair of several judgements has in the place of what is known of one. */
const together: Columns = {
  ...{ votes_chosen: "integer", votes_rejected: "integer", votes_tie: "integer", votes_both_bad: "integer" },
  ...{ votes: "integer", share: "number", weight: "number", label_ids: texts },
};

/** The columns that the rows of an export have, in their order; a row need not have each. */
export function columnsOf(format: ExportFormat, asked: { aggregation: Aggregation; margin: boolean }): Column[] {
  const own = columns[format];
  if (format === "trl-preference" && asked.aggregation !== "votes") {
    const { label_id: _, annotator_hash: _who, original_margin: _given, ...known } = pairOfAnswers;
    const rows: Columns = { prompt: fullTurns, chosen: fullTurns, rejected: fullTurns, ...together, margin: "number" };
    return columnsFrom({ ...rows, ...known, ...item });
  }
  return columnsFrom(asked.margin ? { ...own, margin: "number" } : own);
}
