import { type AuditDetailKey, auditDetailKeys } from "@touchstone/contracts";

/** The words of the page's language for what the audit log tells of an act. */
export interface AuditWords {
  readonly isKey: (key: string) => key is AuditDetailKey;
  readonly label: (key: AuditDetailKey) => string;
  /** A word of the product's, such as a role; nothing for what is none. */
  readonly word: (key: AuditDetailKey, value: string) => string | undefined;
  readonly truth: (value: boolean) => string;
  readonly number: (value: number) => string;
  readonly duration: (seconds: number) => string;
}

export interface AuditDetailView {
  readonly label: string;
  readonly value: string;
  /** The whole of what is shown cut. */
  readonly whole?: string;
}

/** What was told of an act, each by its label. What an older version told stands as it was kept. */
export function auditDetailViews(
  detail: Readonly<Record<string, unknown>>,
  words: AuditWords,
): readonly AuditDetailView[] {
  // The database gives names by their length; they read better in the order of the table.
  const inOrder = Object.entries(detail).sort(([one], [other]) => placeOf(one) - placeOf(other));
  return inOrder.map(([key, value]) =>
    words.isKey(key) ? { label: words.label(key), ...shown(key, value, words) } : { label: key, value: asKept(value) },
  );
}

function placeOf(key: string): number {
  const known: readonly string[] = auditDetailKeys;
  const place = known.indexOf(key);
  return place < 0 ? known.length : place;
}

const shownOfId = 8;
const ids: ReadonlySet<AuditDetailKey> = new Set(["projectId", "linkId", "scheduleId"]);

function shown(key: AuditDetailKey, value: unknown, words: AuditWords): Omit<AuditDetailView, "label"> {
  if (typeof value === "boolean") return { value: words.truth(value) };
  if (typeof value === "number") return { value: key === "leaseSeconds" ? words.duration(value) : words.number(value) };
  if (typeof value !== "string") return { value: asKept(value) };
  if (ids.has(key)) return { value: value.slice(0, shownOfId), whole: value };
  return { value: words.word(key, value) ?? value };
}

function asKept(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
