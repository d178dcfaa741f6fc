import type { TrainingSpec } from "@touchstone/contracts";
import type { TrainingRow } from "@touchstone/datasets";
import { kindTexts } from "../files/file-line.ts";

type Kind = TrainingRow["kind"];

/** Says of which rows a trainer reads nothing, so that a mixed file is not half used in silence. */
export function unreadRows(spec: TrainingSpec, rows: readonly TrainingRow[]): string[] {
  const read = kindsRead(spec);
  const unread = Object.entries(kindTexts).flatMap(([kind, words]) => {
    const count = rows.filter((row) => row.kind === kind).length;
    return count === 0 || read.some((one) => one === kind) ? [] : [`${count.toLocaleString("en")} ${words}`];
  });
  const sentences = unread.length > 0 ? [`“${nameOf(spec)}” reads nothing of the rows ${unread.join(", ")}.`] : [];
  return [...sentences, ...unreadAspects(spec, rows)];
}

/** The kinds of rows that a trainer reads. */
export function kindsRead(spec: TrainingSpec): readonly Kind[] {
  switch (spec.trainer) {
    case "pretrain":
      return ["text", "comparison", "ranking", "rating", "demonstration", "judged", "rewarded"];
    case "sft":
      return ["demonstration"];
    case "dpo":
      return spec.objective.kind === "kto" ? ["comparison", "ranking", "judged"] : ["comparison", "ranking"];
    case "reward":
      return kindsOfReward(spec.objective.kind);
    case "ilql":
      return ["comparison", "ranking", "rating", "demonstration", "judged", "rewarded"];
    case "rloo":
    case "grpo":
    case "ppo":
      return ["prompt", "comparison", "ranking", "rating", "demonstration", "judged", "rewarded"];
  }
}

function kindsOfReward(objective: Extract<TrainingSpec, { trainer: "reward" }>["objective"]["kind"]): readonly Kind[] {
  if (objective === "squared-error") return ["rating", "comparison"];
  if (objective === "per-aspect") return ["rating"];
  return objective === "combined" ? ["comparison", "ranking", "rating"] : ["comparison", "ranking"];
}

/** Ratings of a single aspect say nothing of the whole answer. */
function unreadAspects(spec: TrainingSpec, rows: readonly TrainingRow[]): string[] {
  if (spec.trainer !== "reward" || !["squared-error", "combined"].includes(spec.objective.kind)) return [];
  const count = rows.filter((row) => row.kind === "rating" && row.aspect !== undefined).length;
  const objective = nameOf(spec);
  return count === 0
    ? []
    : [`“${objective}” reads nothing of ${count.toLocaleString("en")} ratings of single aspects; per-aspect does.`];
}

function nameOf(spec: TrainingSpec): string {
  if (spec.trainer === "reward") return `reward by ${spec.objective.kind}`;
  return spec.trainer === "dpo" ? `dpo by ${spec.objective.kind}` : spec.trainer;
}
