import type { Comparison, Demonstration, Ranking, Rating, RewardObjective, TrainingSpec } from "@touchstone/contracts";
import { answersOfRow, type TrainingRow } from "@touchstone/datasets";
import type { AnsweredPrompt, PromptItem, TrainingData } from "@touchstone/rlhf";
import { type DataFile, isTraining } from "../files/read-rows.ts";
import { UsageError } from "../usage-error.ts";

/** Each trainer's part of the files' rows. @throws UsageError if there is nothing in them for it */
export function trainingData(spec: TrainingSpec, data: readonly Pick<DataFile, "rows" | "split">[]): TrainingData {
  const rows = data.flatMap((file) => file.rows);
  switch (spec.trainer) {
    case "pretrain":
      return pretrainingTexts(data);
    case "sft":
      return { demonstrations: needed(rows, isDemonstration, spec.trainer, "prompt and completion, or messages") };
    case "dpo":
      return { comparisons: needed(rows, isComparison, spec.trainer, chosen) };
    case "reward":
      return rewardData(spec.objective, rows);
    case "ilql":
      return { answers: rows.flatMap(answersOf) };
    case "rloo":
    case "grpo":
    case "ppo":
      return { prompts: promptsOf(rows) };
  }
}

const chosen = "chosen and rejected";
const ranked = "completions and ranking";
const scored = "prompt, completion and score";

/** Comparisons and rankings give what the other reads: a ranking its pairs, a comparison a ranking of two. */
function rewardData({ kind }: RewardObjective, rows: readonly TrainingRow[]): TrainingData {
  const trainer = `reward by ${kind}`;
  const comparisons = rows.filter(isComparison);
  const rankings = rows.filter(isRanking);
  const preferences = { comparisons, ...(rankings.length > 0 ? { rankings } : {}) };
  if (kind === "squared-error") return { ratings: needed(rows, isRating, trainer, scored), comparisons };
  if (kind === "per-aspect") return { ratings: needed(rows, isRating, trainer, `${scored}, and aspect`) };
  needed(rows, isPreference, trainer, `${chosen}, or ${ranked}`);
  if (kind !== "combined") return preferences;
  return { ...preferences, ratings: needed(rows, isRating, trainer, scored) };
}

const isRanking = (row: TrainingRow): row is Ranking => row.kind === "ranking";
const isPreference = (row: TrainingRow): row is Comparison | Ranking => isComparison(row) || isRanking(row);
/** Where nothing is held out by name, the trainer holds a share out itself. */
function pretrainingTexts(data: readonly Pick<DataFile, "rows" | "split">[]): TrainingData {
  const textsFor = (training: boolean) =>
    data.flatMap((file) => file.rows.filter((row) => isTraining(row, file) === training).flatMap(answersOfRow));
  const heldOutTexts = textsFor(false);
  return { texts: textsFor(true), ...(heldOutTexts.length > 0 ? { heldOutTexts } : {}) };
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

function answersOf(row: TrainingRow): AnsweredPrompt[] {
  if (row.kind === "text" || row.kind === "prompt") return [];
  const { promptId, prompt, split } = row;
  const reward = row.kind === "rewarded" ? { reward: row.reward } : {};
  return answersOfRow(row).map((text) => ({ promptId, prompt, split, text, ...reward }));
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
