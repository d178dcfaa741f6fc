/** What a run's labels are called in its notes. */
export type LabelNoun = "comparisons" | "ratings" | "rankings" | "demonstrations" | "answers";
