import { ColumnMapping, DomainError } from "@touchstone/contracts";
import { closest as nearest } from "fastest-levenshtein";
import type { z } from "zod";
import { mappingProblem } from "../read/line-problem.ts";

/**
 * Reads a mapping from its JSON and refuses one that can never give a row something to judge.
 *
 * @throws DomainError invalid_mapping, naming each field at fault.
 */
export function parseMapping(json: string | undefined): ColumnMapping {
  if (json === undefined)
    throw mappingProblem("prompt", "This format needs a mapping: say at least where the prompt is.");
  const parsed = ColumnMapping.safeParse(parse(json));
  if (!parsed.success) {
    const issues = parsed.error.issues.flatMap(issuesOf);
    const said = issues.map(({ path, message }) => `${path}: ${message}`).join(" ");
    throw new DomainError("invalid_mapping", `Some fields of the mapping are out of form. ${said}`, {
      path: issues[0]?.path ?? "mapping",
      issues,
    });
  }
  return checkMapping(parsed.data);
}

/** Names a field that there is not, and the nearest one that there is. */
function issuesOf(issue: z.core.$ZodIssue): { path: string; message: string }[] {
  const path = ["mapping", ...issue.path].join(".");
  if (issue.code === "invalid_union")
    return issue.errors
      .flat()
      .slice(0, 3)
      .map((one) => ({ path: [path, ...one.path].join("."), message: `${one.message}.` }));
  if (issue.code !== "unrecognized_keys") return [{ path, message: `${issue.message}.` }];
  const known = issue.path[0] === "values" ? Object.keys(plainFields) : Object.keys(ColumnMapping.shape);
  return issue.keys.map((key) => ({
    path: `${path}.${key}`,
    message: `is no field of a mapping. Did you mean “${nearest(key, known)}”? There are ${known.join(", ")}.`,
  }));
}

const plainFields = { a: [], b: [], tie: [], bothBad: [], grades: {} } satisfies ColumnMapping["values"];

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new DomainError("invalid_mapping", "The mapping is not valid JSON.", { path: "mapping" });
  }
}

/** @throws DomainError invalid_mapping */
function checkMapping(mapping: ColumnMapping): ColumnMapping {
  const { prompt, a, b, aId, bId, votes, winner, answers, completion, score, values } = mapping;
  const hasA = a !== undefined || aId !== undefined;
  const hasB = b !== undefined || bId !== undefined;
  // Conversations hold their prompt.
  if (prompt === undefined && a === undefined && completion === undefined) {
    throw mappingProblem("prompt", "Say which column holds the prompt.");
  }
  if (hasA !== hasB && completion === undefined) {
    throw mappingProblem(hasA ? "b" : "a", "A pair needs both sides, by text or by id.");
  }
  if (hasB && completion !== undefined) {
    throw mappingProblem("completion", "A row is either a pair or one completion, not both.");
  }
  if (answers !== undefined && (hasB || completion !== undefined)) {
    throw mappingProblem("answers", "A row has its answers either in “answers” or as a, b or completion, not both.");
  }
  if (votes !== undefined && !hasB && answers === undefined) {
    throw mappingProblem("votes", "Votes need the two sides they choose between.");
  }
  if (winner !== undefined && !hasB) throw mappingProblem("winner", "A winner needs the two sides it is one of.");
  if (winner !== undefined && votes !== undefined) {
    throw mappingProblem("winner", "Either every row has the same winner, or the votes say who won.");
  }
  if (score !== undefined && completion === undefined) {
    throw mappingProblem("completion", "A score needs the completion that it is about.");
  }
  if (values)
    refuseAmbiguous([...values.a, ...values.b, ...values.tie, ...values.bothBad, ...Object.keys(values.grades)]);
  return mapping;
}

function refuseAmbiguous(values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw mappingProblem("values", `“${twice}” stands for two things at once.`);
}
