import { type FitNoun, labelsReadBy, TrainingSpec } from "@touchstone/contracts";
import { isTree } from "./run-siblings.ts";

/** What a run learns from, and how much of it there has to be. */
export interface Lesson {
  readonly noun: FitNoun;
  readonly minimum: number;
}

/** Of a run with these settings; nothing where it learns from no labels, or where the settings are none. */
export function lessonsOf(kind: string, settings: unknown): Lesson[] {
  const spec = TrainingSpec.safeParse(isTree(settings) ? { ...settings, trainer: kind } : undefined);
  if (!spec.success) return [];
  const objective = "objective" in spec.data ? spec.data.objective.kind : undefined;
  // Trainers that set no minimum need one to learn from.
  const minimum = "minimumLabels" in spec.data ? spec.data.minimumLabels : 1;
  // A head on frozen features reads the end of what is too long: nothing has to fit.
  if ("frozen" in spec.data && spec.data.frozen) return [];
  return labelsReadBy(kind, objective).map((noun) => ({ noun, minimum }));
}
