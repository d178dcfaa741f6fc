import { ColumnMapping, DomainError } from "@touchstone/contracts";
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
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: ["mapping", ...path].join("."), message }));
    throw new DomainError("invalid_mapping", "Some fields of the mapping are out of form.", {
      path: issues[0]?.path ?? "mapping",
      issues,
    });
  }
  return checkMapping(parsed.data);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new DomainError("invalid_mapping", "The mapping is not valid JSON.", { path: "mapping" });
  }
}

/** @throws DomainError invalid_mapping */
function checkMapping(mapping: ColumnMapping): ColumnMapping {
  const { prompt, a, b, aId, bId, votes, completion, score, values } = mapping;
  if (prompt === undefined) throw mappingProblem("prompt", "Say which column holds the prompt.");
  const hasA = a !== undefined || aId !== undefined;
  const hasB = b !== undefined || bId !== undefined;
  if (hasA !== hasB && completion === undefined) {
    throw mappingProblem(hasA ? "b" : "a", "A pair needs both sides, by text or by id.");
  }
  if (hasB && completion !== undefined) {
    throw mappingProblem("completion", "A row is either a pair or one completion, not both.");
  }
  if (votes !== undefined && !hasB) throw mappingProblem("votes", "Votes need the two sides they choose between.");
  if (score !== undefined && completion === undefined) {
    throw mappingProblem("completion", "A score needs the completion that it is about.");
  }
  if (values) refuseAmbiguous([...values.a, ...values.b, ...values.tie]);
  return mapping;
}

function refuseAmbiguous(values: readonly string[]): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) throw mappingProblem("values", `“${twice}” stands for two things at once.`);
}
