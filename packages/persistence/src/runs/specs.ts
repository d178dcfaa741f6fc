import { DomainError, GenerateSpec, type RunKind, SimulateSpec, TrainingSpec } from "@touchstone/contracts";
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
  const parsed = schemaOf(kind).safeParse({ ...overrides, trainer: kind });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: `spec.${issue.path.join(".")}`, message: issue.message }));
  throw new DomainError("invalid_spec", "Some training settings are not valid.", {
    path: issues[0]?.path ?? "spec",
    issues,
  });
}
