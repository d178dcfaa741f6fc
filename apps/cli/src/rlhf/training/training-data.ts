import type { Comparison, Demonstration, Rating, TrainingSpec } from "@touchstone/contracts";
import type { TrainingRow } from "@touchstone/datasets";
import type { AnsweredPrompt, PromptItem, TrainingData } from "@touchstone/rlhf";
import { UsageError } from "../usage-error.ts";

/** Each trainer's part of the rows. @throws UsageError if there is nothing in them for it */
export function trainingData(spec: TrainingSpec, rows: readonly TrainingRow[]): TrainingData {
  switch (spec.trainer) {
    case "pretrain":
      return { texts: rows.flatMap(textsOf) };
    case "sft":
      return { demonstrations: needed(rows, isDemonstration, spec.trainer, "prompt and completion, or messages") };
    case "dpo":
      return { comparisons: needed(rows, isComparison, spec.trainer, "chosen and rejected") };
    case "reward":
      return spec.objective.kind === "bradley-terry"
        ? { comparisons: needed(rows, isComparison, spec.trainer, "chosen and rejected") }
        : {
            ratings: needed(rows, isRating, `${spec.trainer} by squared error`, "prompt, completion and score"),
            comparisons: rows.filter(isComparison),
          };
    case "ilql":
      return { answers: rows.flatMap(answersOf) };
    case "rloo":
    case "grpo":
    case "ppo":
      return { prompts: promptsOf(rows) };
  }
}

const isComparison = (row: TrainingRow): row is Comparison => row.kind === "comparison";
const isRating = (row: TrainingRow): row is Rating => row.kind === "rating";
const isDemonstration = (row: TrainingRow): row is Demonstration => row.kind === "demonstration";

function needed<Row extends TrainingRow>(
  rows: readonly TrainingRow[],
  is: (row: TrainingRow) => row is Row,
  trainer: string,
  columns: string,
): Row[] {
  const found = rows.filter(is);
  if (found.length > 0) return found;
  const kinds = [...new Set(rows.map(({ kind }) => kind))].join(" and ");
  throw new UsageError(`“${trainer}” needs rows with ${columns}; the files hold only ${kinds || "nothing"} rows.`);
}

/** Whatever was written to somebody: all of it is language. */
export function textsOf(row: TrainingRow): string[] {
  switch (row.kind) {
    case "text":
      return [row.text];
    case "comparison":
      return [row.a.text, row.b.text];
    case "rating":
      return [row.completion.text];
    case "prompt":
      return [];
    default:
      return [row.text];
  }
}

function answersOf(row: TrainingRow): AnsweredPrompt[] {
  if (row.kind === "text" || row.kind === "prompt") return [];
  const { promptId, prompt, split } = row;
  const reward = row.kind === "rewarded" ? { reward: row.reward } : {};
  return textsOf(row).map((text) => ({ promptId, prompt, split, text, ...reward }));
}

/** Every prompt once. */
function promptsOf(rows: readonly TrainingRow[]): PromptItem[] {
  const prompts = new Map<string, PromptItem>();
  for (const row of rows) {
    if (row.kind === "text" || prompts.has(row.promptId)) continue;
    prompts.set(row.promptId, { promptId: row.promptId, prompt: row.prompt, split: row.split });
  }
  return [...prompts.values()];
}
