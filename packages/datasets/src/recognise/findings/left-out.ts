import {
  type DomainError,
  type ReadingReason,
  type ReasonValues,
  type ReceiptFindings,
  readingReasons,
  reasonText,
} from "@touchstone/contracts";
import { type Occurrences, occurred } from "../occurrences.ts";

type Why = ReceiptFindings["leftOut"][number];

/** Different reasons; a file with more has gone wrong as a whole. */
const mostReasons = 40;
/** What is this product's own word, and nothing that somebody wrote. The place is told beside the sentence. */
const places = new Set(["kind", "limit", "splits", "roles"]);

/** Rows that cannot be taken, by why and where. Their own words are left out of the sentence. */
export class LeftOut {
  readonly #found = new Map<string, Omit<Why, keyof Occurrences> & { readonly rows: Occurrences }>();

  add(problem: DomainError, line: number): void {
    const [issue] = problem.issues ?? [];
    const field = fieldOf(issue?.path ?? problem.path ?? "");
    const key = `${issue?.reason} ${field}`;
    const known = this.#found.get(key);
    if (!known && this.#found.size >= mostReasons) return;
    const of = known ?? { field, rows: { count: 0, lines: [] }, ...sentence(issue?.reason, issue?.values) };
    this.#found.set(key, of);
    occurred(of.rows, line);
  }

  view(): Why[] {
    return [...this.#found.values()]
      .map(({ rows, ...why }) => ({ ...why, ...rows }))
      .toSorted((one, other) => other.count - one.count);
  }
}

/** All entries of a list are one place. */
function fieldOf(path: string): string | null {
  const field = path.replace(/^lines\.\d+\.?/u, "").replaceAll(/(?<=\.|^)\d+(?=\.|$)/gu, "*");
  return field === "" ? null : field;
}

/** Why, with a dot for each of the file's own words: who keeps the receipt keeps nothing of what people wrote. */
function sentence(reason: string | undefined, values: ReasonValues = {}): Pick<Why, "message" | "reason" | "values"> {
  if (reason === undefined || !isReadingReason(reason)) return { message: "This row cannot be taken." };
  const told = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" || places.has(name) ? value : "…"]),
  );
  return { message: reasonText(reason, told), reason, values: told };
}

function isReadingReason(reason: string): reason is ReadingReason {
  return Object.hasOwn(readingReasons, reason);
}
