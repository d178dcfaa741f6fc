import type { ColumnRole } from "@touchstone/contracts";

/** The columns of the item that a shape reads with `itemOf`. */
export const itemRoles = {
  external_id: "id",
  gold: "gold",
  cluster: "cluster",
  split: "split",
  language: "language",
  source_text: "source",
  sensitive: "sensitive",
  prompt_id: "kept",
} as const satisfies Record<string, ColumnRole>;

/** Those of its one judgement that a shape reads with `voteDetails`. */
export const judgedRoles = {
  label_id: "kept",
  annotator_hash: "annotator",
  annotator: "annotator",
  comment: "kept",
  flagged: "kept",
  created_at: "kept",
} as const satisfies Record<string, ColumnRole>;
