import { DomainError } from "@touchstone/contracts";

/** One line of the file is at fault: the message names it and says the cure. Nothing of the file is imported. */
export function lineProblem(line: number, field: string | null, message: string): DomainError {
  const path = field === null ? `lines.${line}` : `lines.${line}.${field}`;
  const where = field === null ? `Line ${line}` : `Line ${line}, ${field}`;
  return new DomainError("invalid_line", `${where}: ${message}`, { path, issues: [{ path, message }] });
}

/** The mapping and the file do not fit together. `line` is where this showed. */
export function mappingProblem(field: string, message: string, line?: number): DomainError {
  const path = `mapping.${field}`;
  const where = line === undefined ? "" : `Line ${line}: `;
  return new DomainError("invalid_mapping", `${where}${message}`, { path, issues: [{ path, message }] });
}
