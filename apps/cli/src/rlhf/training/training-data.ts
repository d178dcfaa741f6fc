import type {
  Comparison,
  Demonstration,
  DirectObjective,
  Ranking,
  Rating,
  RewardObjective,
  Split,
  TrainingSpec,
} from "@touchstone/contracts";
import { answersOfRow, type JudgedRow, type TrainingRow } from "@touchstone/datasets";
import type { AnsweredPrompt, PromptItem, TrainingData } from "@touchstone/rlhf";
import { type DataFile, splitOf } from "../files/read-rows.ts";
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
      return directData(spec.objective, rows);
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
  const preferences = preferencesOf(rows);
  const { comparisons } = preferences;
  if (kind === "squared-error") return { ratings: needed(rows, isRating, trainer, scored), comparisons };
  if (kind === "per-aspect") return { ratings: needed(rows, isRating, trainer, `${scored}, and aspect`) };
  needed(rows, isPreference, trainer, `${chosen}, or ${ranked}`);
  if (kind !== "combined") return preferences;
  return { ...preferences, ratings: needed(rows, isRating, trainer, scored) };
}

/** Rankings are left out where there are none, so that the identity of a run without them stays what it was. */
function preferencesOf(rows: readonly TrainingRow[]): {
  readonly comparisons: readonly Comparison[];
  readonly rankings?: readonly Ranking[];
} {
  const rankings = rows.filter(isRanking);
  return { comparisons: rows.filter(isComparison), ...(rankings.length > 0 ? { rankings } : {}) };
}

/** Rankings give their pairs; KTO reads answers that were judged alone, too. */
function directData({ kind }: DirectObjective, rows: readonly TrainingRow[]): TrainingData {
  if (kind !== "kto") {
    const isAlone = rows.some(isJudged) ? ", or --objective.kind kto, which reads answers labelled true or false" : "";
    needed(rows, isPreference, `dpo by ${kind}`, `${chosen}, or ${ranked}${isAlone}`);
    return preferencesOf(rows);
  }
  const isOfKto = (row: TrainingRow): row is Comparison | Ranking | JudgedRow => isPreference(row) || isJudged(row);
  needed(rows, isOfKto, "dpo by kto", `${chosen}, or ${ranked}, or prompt, completion and label`);
  const unpaired = rows.filter(isJudged).map(({ kind: _, ...row }) => row);
  return { ...preferencesOf(rows), ...(unpaired.length > 0 ? { unpaired } : {}) };
}

const isJudged = (row: TrainingRow): row is JudgedRow => row.kind === "judged";
const isRanking = (row: TrainingRow): row is Ranking => row.kind === "ranking";
const isPreference = (row: TrainingRow): row is Comparison | Ranking => isComparison(row) || isRanking(row);

/** Where nothing is of the validation split, the trainer holds a share out itself. */
function pretrainingTexts(data: readonly Pick<DataFile, "rows" | "split">[]): TrainingData {
  const textsOf = (split: Split) =>
    data.flatMap((file) => file.rows.filter((row) => splitOf(row, file) === split).flatMap(answersOfRow));
  const [heldOutTexts, testTexts] = [textsOf("validation"), textsOf("test")];
  return {
    texts: textsOf("train"),
    ...(heldOutTexts.length > 0 ? { heldOutTexts } : {}),
    ...(testTexts.length > 0 ? { testTexts } : {}),
  };
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

/** Every prompt once in each split that it stands in: which of them counts is for the trainer to say. */
function promptsOf(rows: readonly TrainingRow[]): PromptItem[] {
  const prompts = new Map<string, PromptItem>();
  for (const row of rows) {
    if (row.kind === "text") continue;
    const { promptId, prompt, split } = row;
    const place = `${split} ${promptId}`;
    if (!prompts.has(place)) prompts.set(place, { promptId, prompt, split });
  }
  return [...prompts.values()];
}
