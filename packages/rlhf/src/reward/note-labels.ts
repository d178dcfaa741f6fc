import type { Note } from "../training/note.ts";
import { coverageNote } from "./labelled-answers.ts";

export type Labels = "comparisons" | "ratings" | "rankings" | "demonstrations" | "answers";

/** Beyond this share of labels left out, somebody ought to look. */
const fewLeftOut = 0.1;

/** Says how many labels were trained on, and how many did not fit. */
export function noteCoverage(note: Note, noun: Labels, used: number, tooLong: number, context: number): void {
  const total = used + tooLong;
  note(coverageNote(noun, used, tooLong, context), {
    code: tooLong === 0 ? "trained_on" : "trained_on_fitting",
    level: tooLong > fewLeftOut * total ? "warning" : "note",
    values: tooLong === 0 ? { noun, used, total } : { noun, used, total, tooLong, context },
  });
}

/** The same for a reward model, and whether anything can be said of it on prompts it was not taught. */
export function noteLabels(
  note: Note,
  noun: "comparisons" | "ratings" | "rankings",
  counts: {
    readonly train: number;
    readonly heldOut: number;
    readonly tooLong: number;
    readonly promptsCut: number;
    readonly context: number;
  },
): void {
  noteCoverage(note, noun, counts.train, counts.tooLong, counts.context);
  if (counts.promptsCut > 0) {
    const { promptsCut: cut, context } = counts;
    note(
      `In ${cut.toLocaleString("en")} of them the beginning of the prompt did not fit into ${context} tokens and was cut.`,
      {
        code: "prompts_cut",
        level: "note",
        values: { count: cut, context },
      },
    );
  }
  if (counts.heldOut > 0) return;
  const one = noun.slice(0, -1);
  note(`No ${one} is held out, so nothing can be said about new prompts.`, {
    code: "no_labels_held_out",
    level: "warning",
    values: { noun },
  });
}
