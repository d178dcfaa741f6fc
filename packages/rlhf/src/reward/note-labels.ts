import type { Note } from "../training/note.ts";
import { counted } from "../training-error.ts";
import { type HeldOut, noteTestRows } from "./held-out.ts";
import type { LabelNoun } from "./label-noun.ts";
import { coverageNote } from "./labelled-answers.ts";

/** Beyond this share of labels left out, somebody ought to look. */
const fewLeftOut = 0.1;

/** Says how many labels were trained on, and how many did not fit. */
export function noteCoverage(note: Note, noun: LabelNoun, used: number, tooLong: number, context: number): void {
  const total = used + tooLong;
  note(coverageNote(noun, used, tooLong, context), {
    code: tooLong === 0 ? "trained_on" : "trained_on_fitting",
    level: tooLong > fewLeftOut * total ? "warning" : "note",
    values: tooLong === 0 ? { noun, used, total } : { noun, used, total, tooLong, context },
  });
}

/** What was made of labels, as the trainers' encoders count it. */
export interface LabelledExamples extends HeldOut<unknown> {
  readonly train: readonly unknown[];
  readonly tooLong: number;
  readonly promptsCut: number;
  readonly identical?: number;
}

/** The same for a reward model, and whether anything can be said of it on prompts it was not taught. */
export function noteLabels(
  note: Note,
  noun: "comparisons" | "ratings" | "rankings",
  examples: LabelledExamples,
  context: number,
): void {
  const counts = { ...examples, context };
  noteCoverage(note, noun, examples.train.length, examples.tooLong, context);
  const { identical = 0 } = examples;
  if (identical > 0) {
    note(
      `${counted(identical, noun)} ${identical === 1 ? "was" : "were"} left out: the answers are the same text to the model, so nothing tells them apart.`,
      { code: "identical_answers", level: "warning", values: { noun, count: identical } },
    );
  }
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
  noteTestRows(note, noun, examples);
  if (counts.heldOut.length > 0) return;
  const one = noun.slice(0, -1);
  note(`No ${one} is held out, so nothing can be said about new prompts.`, {
    code: "no_labels_held_out",
    level: "warning",
    values: { noun },
  });
}
