import {
  DomainError,
  fieldIssuesOf,
  GenerateSpec,
  type ProblemIssue,
  type RunKind,
  refusalReasons,
  refusedIssue,
  SimulateSpec,
  TrainingSpec,
} from "@touchstone/contracts";
import type { z } from "zod";

export type RunSpec = TrainingSpec | GenerateSpec | SimulateSpec;

function schemaOf(kind: RunKind): z.ZodType<RunSpec> {
  if (kind === "generate") return GenerateSpec;
  return kind === "simulate" ? SimulateSpec : TrainingSpec;
}

/**
 * The whole spec of a run from what a person wrote, defaults filled in.
 * @throws DomainError invalid_spec, naming each setting at fault.
 */
export function completeSpec(kind: RunKind, overrides: Record<string, unknown>): RunSpec {
  const parsed = schemaOf(kind).safeParse({ ...overrides, trainer: kind }, { reportInput: true });
  const issues = [...otherTrainer(kind, overrides), ...(parsed.success ? [] : parsed.error.issues.flatMap(issuesOf))];
  if (parsed.success && issues.length === 0) return parsed.data;
  throw new DomainError("invalid_spec", refusalReasons.settingsNotValid, { path: issues[0]?.path ?? "spec", issues });
}

/** A spec copied from a run of another kind is more likely a slip than a wish. */
function otherTrainer(kind: RunKind, { trainer = kind }: Record<string, unknown>) {
  return trainer === kind ? [] : [refusedIssue("spec.trainer", "settingOfOtherKind", { trainer: kind })];
}

/** One issue a setting: unknown ones come together, named only beside the path. */
function issuesOf(issue: z.core.$ZodIssue): ProblemIssue[] {
  const at = (path: readonly PropertyKey[]) => ["spec", ...path].map(String).join(".");
  if (issue.code !== "unrecognized_keys") {
    return fieldIssuesOf(issue).map((one) => ({ ...one, path: at(one.path) }));
  }
  return issue.keys.map((key) => refusedIssue(at([...issue.path, key]), "settingUnknown"));
}
