import type { FitNoun, NormalForm, Split } from "@touchstone/contracts";
import { comparisonsOf } from "@touchstone/labeling";
import type { LabelFit, LabelMeasure } from "@touchstone/rlhf";
import { isComparison, isRanking, isRating, judgedAnswers, preferredAnswers } from "../run/labels-of.ts";

/** A label of which it is not known yet whether it fits. */
export interface FitRow {
  readonly split: Split;
  fit(): LabelFit;
}

/** What a trainer would make of judgements, as `loadData` makes it, each still to be measured. */
export function fitRows(
  noun: Exclude<FitNoun, "prompts">,
  forms: readonly NormalForm[],
  measure: LabelMeasure,
): FitRow[] {
  switch (noun) {
    case "comparisons":
      return comparisonsOf(forms.filter(isComparison), forms.filter(isRanking)).map((label) => ({
        split: label.split,
        fit: () => measure.comparison(label),
      }));
    case "ratings":
      return forms.filter(isRating).map((label) => ({ split: label.split, fit: () => measure.rating(label) }));
    case "demonstrations":
      return preferredAnswers(forms).map((one) => ({
        split: one.split,
        fit: () => measure.conversation(one.prompt, one.text),
      }));
    case "answers":
      return judgedAnswers(forms).map((one) => ({
        split: one.split,
        fit: () => measure.conversation(one.prompt, one.text),
      }));
  }
}
