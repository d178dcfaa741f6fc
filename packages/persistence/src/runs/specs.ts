import {
  DomainError,
  GenerateSpec,
  ImportModelSpec,
  type RunKind,
  refusalReasons,
  refusedIssue,
  SimulateSpec,
  settingIssuesOf,
  TrainingSpec,
} from "@touchstone/contracts";
import type { z } from "zod";

export type RunSpec = TrainingSpec | GenerateSpec | SimulateSpec | ImportModelSpec;

function schemaOf(kind: RunKind): z.ZodType<RunSpec> {
  switch (kind) {
    case "generate":
      return GenerateSpec;
    case "simulate":
      return SimulateSpec;
    case "import":
      return ImportModelSpec;
    default:
      return TrainingSpec;
  }
}

/**
 * The whole spec of a run from what a person wrote, defaults filled in.
 * @throws DomainError invalid_spec, naming each setting at fault.
 */
export function completeSpec(kind: RunKind, overrides: Record<string, unknown>): RunSpec {
  const parsed = schemaOf(kind).safeParse({ ...overrides, trainer: kind }, { reportInput: true });
  const issues = [
    ...otherTrainer(kind, overrides),
    ...(parsed.success ? [] : parsed.error.issues.flatMap((issue) => settingIssuesOf(issue, ["spec"]))),
  ];
  if (parsed.success && issues.length === 0) return parsed.data;
  throw new DomainError("invalid_spec", refusalReasons.settingsNotValid, { path: issues[0]?.path ?? "spec", issues });
}

/** A spec copied from a run of another kind is more likely a slip than a wish. */
function otherTrainer(kind: RunKind, { trainer = kind }: Record<string, unknown>) {
  return trainer === kind ? [] : [refusedIssue("spec.trainer", "settingOfOtherKind", { trainer: kind })];
}
