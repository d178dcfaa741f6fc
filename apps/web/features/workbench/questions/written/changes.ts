import { sharedRanges } from "../../text/differences.ts";

/** A stretch of a corrected text: as it was, taken away, or put in. */
export interface Change {
  readonly kind: "same" | "removed" | "added";
  readonly text: string;
}

/** What was done to a text, from its beginning to its end; undefined where the two have too little in common to tell. */
export function changesOf(original: string, edited: string, language?: string): Change[] | undefined {
  const shared = sharedRanges(original, edited, language);
  if (!shared) return undefined;
  const [inOriginal, inEdited] = shared;
  const changes: Change[] = [];
  const add = (kind: Change["kind"], text: string): void => {
    if (text !== "") changes.push({ kind, text });
  };
  let [from, to] = [0, 0];
  for (const [index, [start, end]] of inOriginal.entries()) {
    const [editedStart, editedEnd] = inEdited[index] ?? [to, to];
    add("removed", original.slice(from, start));
    add("added", edited.slice(to, editedStart));
    add("same", original.slice(start, end));
    [from, to] = [end, editedEnd];
  }
  add("removed", original.slice(from));
  add("added", edited.slice(to));
  return changes;
}

/** So much of what stayed the same is shown on either side of a change. */
const around = 80;

/** What stayed the same, in so far as it stands beside a change; the whole text stands elsewhere. */
export function abridged(text: string, { first, last }: { readonly first: boolean; readonly last: boolean }): string {
  if (text.length <= 2 * around) return text;
  const beginning = first ? "" : whole(text.slice(0, around));
  const end = last ? "" : whole(text.slice(-around));
  return `${beginning} … ${end}`;
}

/** Without half a character at either end. */
const whole = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
