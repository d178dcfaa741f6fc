import type { ColumnMapping, ReceiptReason } from "@touchstone/contracts";
import type { FileLook } from "../shapes/shape.ts";

/** A published shape that a mapping can say: its columns, and what the usual names alone do not tell of them. */
interface KnownColumns {
  readonly reason: ReceiptReason;
  readonly matches: (file: FileLook) => boolean;
  /** What is known of the shape, over what was proposed by names. */
  readonly known?: (proposed: ColumnMapping, file: FileLook) => ColumnMapping;
}

/** NVIDIA's grades: negative where the first answer is better. */
const firstIsNegative = {
  ...{ a: [], b: [], tie: [], bothBad: [] },
  grades: { "-3": 3, "-2": 2, "-1": 1, "0": 0, "1": -1, "2": -2, "3": -3 },
};
/** HelpSteer3's conversation up to the answers, and its language. */
const inContext = (file: FileLook): ColumnMapping => ({
  prompt: "context",
  ...(file.has("language") ? { language: "language" } : {}),
});
/** What is said beside the answers and is no judgement, kept beside the task. */
function keptOf(file: FileLook, paths: readonly string[]): Pick<ColumnMapping, "metadata"> {
  const metadata = paths.filter((path) => file.has(path));
  return metadata.length === 0 ? {} : { metadata };
}
const oneOrZero = ["0", "1", "0.0", "1.0"] as const;

const shapes: readonly KnownColumns[] = [
  {
    reason: "openai-preference",
    matches: (file) => file.has("input.messages", "preferred_output", "non_preferred_output"),
    known: (proposed) => ({
      ...proposed,
      prompt: "input.messages",
      ...{ a: "preferred_output", b: "non_preferred_output", winner: "a" },
    }),
  },
  {
    // The label says whether the first comment had the higher score. Posts are what the sets are split by.
    reason: "shp",
    matches: (file) => file.has("human_ref_A", "human_ref_B", "labels") && file.says("labels", ...oneOrZero),
    known: (proposed, file) => ({
      ...proposed,
      ...(file.has("post_id") ? { cluster: "post_id" } : {}),
      votes: { columns: ["labels"] },
      values: { a: ["1"], b: ["0"], tie: [], bothBad: [], grades: {} },
    }),
  },
  {
    // Which answer is safer is another question, and no vote on which is better.
    reason: "safe-rlhf",
    matches: (file) => file.has("response_0", "response_1", "better_response_id"),
  },
  {
    // What the annotators agreed on is the known answer beside their own votes.
    reason: "helpsteer3",
    matches: (file) => file.has("response1", "response2") && file.hasEntries("individual_preference", "score"),
    known: (proposed, file) => ({
      ...proposed,
      votes: {
        list: "individual_preference",
        value: "score",
        ...(file.hasEntries("individual_preference", "reasoning") ? { comment: "reasoning" } : {}),
      },
      values: firstIsNegative,
      ...(file.has("overall_preference") ? { gold: "overall_preference" } : {}),
    }),
  },
  {
    // Words about each answer, and no grade: people are asked which is better.
    reason: "helpsteer3-feedback",
    matches: (file) =>
      file.has("context", "response1", "response2") && file.first("feedback1", "feedback2") !== undefined,
    known: (_proposed, file) => ({
      ...inContext(file),
      ...{ a: "response1", b: "response2" },
      ...keptOf(file, ["feedback1", "feedback2"]),
    }),
  },
  {
    // Made of the original by somebody who was to better it: a correction, whose edited text is preferred.
    reason: "helpsteer3-edit",
    matches: (file) => file.has("context", "original_response", "edited_response"),
    known: (_proposed, file) => ({
      ...inContext(file),
      ...{ a: "edited_response", b: "original_response", winner: "a" },
      ...keptOf(file, ["feedback", "change_summary"]),
    }),
  },
  {
    reason: "helpsteer3-edit-quality",
    matches: (file) => file.has("context", "good_edited_response", "bad_edited_response"),
    known: (_proposed, file) => ({
      ...inContext(file),
      ...{ a: "good_edited_response", b: "bad_edited_response", winner: "a" },
      ...keptOf(file, ["feedback"]),
    }),
  },
  {
    reason: "helpsteer2-preference",
    matches: (file) => file.has("response_1", "response_2", "preference_strength"),
    known: (proposed, file) => ({
      ...proposed,
      votes: { columns: ["preference_strength"] },
      values: firstIsNegative,
      ...(file.has("preference_elaboration") ? { comment: "preference_elaboration" } : {}),
    }),
  },
  {
    reason: "ultrafeedback-binarized",
    matches: (file) => file.has("chosen", "rejected", "score_chosen", "score_rejected"),
    known: (proposed, file) => ({ ...proposed, ...(file.has("prompt_id") ? { id: "prompt_id" } : {}) }),
  },
  {
    reason: "rewardbench",
    matches: (file) =>
      file.has("prompt", "chosen", "chosen_model", "rejected", "rejected_model", "subset") &&
      !file.is("chosen", "texts"),
    known: (proposed) => ({ ...proposed, aModel: "chosen_model", bModel: "rejected_model" }),
  },
  { reason: "pandalm", matches: (file) => file.has("instruction", "response1", "response2", "annotator1") },
  {
    // What is known to be right stands beside the prompt.
    reason: "verl",
    matches: (file) => file.has("data_source", "prompt") && file.within("reward_model"),
    known: (proposed, file) => ({
      ...proposed,
      ...(file.has("reward_model.ground_truth") ? { gold: "reward_model.ground_truth" } : {}),
    }),
  },
];

/** The published shape that a proposed mapping is of, with what is known of it; null where it is of none. */
export function knownColumns(
  proposed: ColumnMapping,
  file: FileLook,
): { mapping: ColumnMapping; reason: ReceiptReason } | null {
  const shape = shapes.find(({ matches }) => matches(file));
  if (shape === undefined) return null;
  return { mapping: shape.known?.(proposed, file) ?? proposed, reason: shape.reason };
}
