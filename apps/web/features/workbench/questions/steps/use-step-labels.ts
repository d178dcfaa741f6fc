"use client";
import type { StepVerdict } from "@touchstone/contracts";
import type { Press } from "../../views/single-press.ts";
import type { ControlProps } from "../question-parts.ts";
import {
  asksFirstError,
  draftOf,
  labelsOf,
  nextUnlabelled,
  type StepLabels,
  textsOf,
  withLabel,
} from "./step-labels.ts";

interface StepsAtHand {
  readonly texts: readonly string[];
  readonly labels: StepLabels;
  readonly firstError: boolean;
  /** The first step of which nothing is said; null where the answer is whole. */
  readonly next: number | null;
  /** Labels a step, and moves the focus on where a key did it. */
  readonly label: (step: number, verdict: StepVerdict, press: Press) => void;
}

/** The element of a step, which the focus goes to. */
export const stepId = (question: string, step: number): string => `step-${question}-${step}`;

/** The steps of the answer that is shown, with what is said of each. */
export function useStepLabels({ question, task, draft, onDraft, onAnswer }: ControlProps): StepsAtHand {
  const texts = textsOf(question, task.completions[0]?.text ?? null);
  const labels = labelsOf(draft, texts.length);
  const firstError = asksFirstError(question);
  const found = firstError && labels.includes("bad");
  return {
    texts,
    labels,
    firstError,
    next: found ? null : nextUnlabelled(labels),
    label(step, verdict, press) {
      // A second press on a label takes it back; a second key says it once more.
      if (labels[step] === verdict && press.input !== "keyboard") {
        onDraft(draftOf(labels.map((label, at) => (at === step ? null : label))));
        return;
      }
      const made = withLabel(labels, step, verdict, firstError);
      const kept = draftOf(made);
      if (kept === null || !onAnswer(kept, press) || press.input !== "keyboard") return;
      // Once the first error is found the steps after it are not asked about.
      const isFound = firstError && made.includes("bad");
      const after = isFound ? null : nextUnlabelled(made, step);
      if (after !== null) focusStep(question.name, after);
    },
  };
}

export function focusStep(question: string, step: number): void {
  document.getElementById(stepId(question, step))?.focus();
}
