import { type Answer, charactersIn, type LeasedTask, type Question, type SpansAnswer } from "@touchstone/contracts";

/** Something that is marked: a stretch of an answer in code points, or all of it. */
export type Mark = Omit<SpansAnswer["spans"][number], "note"> & { note?: string };

/** What is marked so far, from the beginning of the first answer to the end of the last, and which answers have nothing. */
export interface Marks {
  readonly spans: readonly Mark[];
  readonly clean: readonly number[];
}

/** So many characters can be said beside a mark. */
export const longestNote = 1_000;

export interface MarkSettings {
  readonly categories: readonly string[];
  readonly severities: readonly string[];
  readonly every: boolean;
  readonly missing: boolean;
  readonly notes: boolean;
  readonly most: number;
}

export function settingsOf({ settings }: Pick<Question, "settings">): MarkSettings {
  const { categories, severities, every, missing, notes, most } = settings;
  return {
    categories: textsIn(categories),
    severities: textsIn(Array.isArray(severities) ? severities.map((one) => isRecord(one) && one.name) : []),
    every: every !== false,
    missing: missing !== false,
    notes: notes === true,
    most: typeof most === "number" ? most : 100,
  };
}

/** What a draft says, or an answer that an undo has brought back. */
export function marksOf(draft: Answer | undefined): Marks {
  const { spans, clean } = draft ?? {};
  const said: unknown[] = Array.isArray(spans) ? spans : [];
  return {
    spans: said.filter(isMark),
    clean: Array.isArray(clean) ? clean.filter((place) => typeof place === "number") : [],
  };
}

/** As it is kept; null where nothing is said. */
export function draftOf({ spans, clean }: Marks): Answer | null {
  if (spans.length === 0 && clean.length === 0) return null;
  return { spans: spans.map((mark) => ({ ...mark })), clean: [...clean] };
}

/** With one mark more, or another in the place of one; what has a mark is no longer without. The same one twice is one. */
export function withMark(marks: Marks, mark: Mark, instead?: Mark): Marks {
  const { spans, clean } = instead ? withoutMark(marks, instead) : marks;
  const others = spans.filter((one) => !isSame(one, mark));
  return { spans: [...others, mark].sort(byPlace), clean: clean.filter((place) => place !== mark.place) };
}

/** Without one mark; of two that are alike the other stays. */
export function withoutMark({ spans, clean }: Marks, mark: Mark): Marks {
  const index = numberOf(mark, spans) - 1;
  return { spans: spans.filter((_, at) => at !== index), clean };
}

/** By which number a mark goes among others, from 1; 0 where it is none of them. */
export function numberOf(mark: Mark, among: readonly Mark[]): number {
  return 1 + among.findIndex((one) => agree(one, mark) && one.note === mark.note);
}

/** Says that an answer has nothing to be marked, or takes that back. */
export function withClean({ spans, clean }: Marks, place: number): Marks {
  if (clean.includes(place)) return { spans, clean: clean.filter((one) => one !== place) };
  return { spans, clean: [...clean, place].sort((one, other) => one - other) };
}

/** Those of one answer, in their order: each is called by its number there. */
export const marksIn = ({ spans }: Marks, place: number): Mark[] => spans.filter((mark) => mark.place === place);

/** Places of answers of which nothing is said yet; an absent text says nothing that could be marked. */
export function silentPlaces({ spans, clean }: Marks, { completions }: Pick<LeasedTask, "completions">): number[] {
  return completions.flatMap(({ text }, place) => {
    const isSpoken = clean.includes(place) || spans.some((mark) => mark.place === place);
    return text === null || isSpoken ? [] : [place];
  });
}

/** The answer, once there is one. */
export function wholeMarks(marks: Marks, question: Question, task: LeasedTask): Answer | null {
  const { every, categories, severities, most } = settingsOf(question);
  const silent = silentPlaces(marks, task);
  const draft = draftOf(marks);
  if (draft === null || (every && silent.length > 0) || marks.spans.length > most) return null;
  const fits = marks.spans.every(({ place, start, end, category, severity, note = "" }) => {
    const text = task.completions[place]?.text ?? null;
    if (!categories.includes(category) || !severities.includes(severity)) return false;
    if (charactersIn(note) > longestNote) return false;
    if (start === null || end === null) return start === end;
    return text !== null && end > start && end <= charactersIn(text);
  });
  return fits ? draft : null;
}

function byPlace(one: Mark, other: Mark): number {
  const last = Number.MAX_SAFE_INTEGER;
  return (
    one.place - other.place || (one.start ?? last) - (other.start ?? last) || (other.end ?? last) - (one.end ?? last)
  );
}

const fields = ["place", "start", "end", "category", "severity"] as const;
const agree = (one: Mark, other: Mark): boolean => fields.every((field) => one[field] === other[field]);

/** Of a whole answer the same may be said twice: two things can be missing. */
const isSame = (one: Mark, other: Mark): boolean => one.start !== null && agree(one, other);

function isMark(value: unknown): value is Mark {
  if (!isRecord(value)) return false;
  const { place, start, end, category, severity } = value;
  const isOffset = (offset: unknown): boolean => offset === null || typeof offset === "number";
  return (
    typeof place === "number" &&
    isOffset(start) &&
    isOffset(end) &&
    typeof category === "string" &&
    typeof severity === "string"
  );
}

const textsIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : [];

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
