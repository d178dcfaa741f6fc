import { type Question, type QuestionKind, standardQuestion } from "@touchstone/contracts";

/**
 * A question as it is being written, under a key that stays its own when it is moved or called otherwise. What it follows
 * up on is named by that key: two questions have the same name for a moment whenever one is typed that begins with another.
 */
export interface QuestionEntry extends Question {
  readonly key: string;
}
export type Entries = readonly QuestionEntry[];

/** How a follow-up of a question that is gone is sent, so that it is refused at its field: no key, and hardly a name. */
const goneQuestion = "question-that-is-gone";

/** The questions of a version to go on from, with settings that came to their kind since. */
export function entriesOf(questions: readonly Question[]): Entries {
  const keyOf = (name: string): string => `q${1 + questions.findIndex((question) => question.name === name)}`;
  return questions.map((question) => ({
    ...question,
    key: keyOf(question.name),
    settings: { ...standardQuestion(question.kind).settings, ...question.settings },
    when: question.when && { ...question.when, question: keyOf(question.when.question) },
  }));
}

/** One more question at the end, ready to be asked. */
export function added(entries: Entries, kind: QuestionKind): Entries {
  const key = `q${1 + Math.max(0, ...entries.map((entry) => Number(entry.key.slice(1))))}`;
  return [...entries, { ...standardQuestion(kind), name: freeName(entries, kind), key }];
}

export function removed(entries: Entries, key: string): Entries {
  return entries.filter((entry) => entry.key !== key);
}

/** The question so many places further down; as it is at either end. */
export function moved(entries: Entries, key: string, by: number): Entries {
  const from = entries.findIndex((entry) => entry.key === key);
  const entry = entries[from];
  const to = from + by;
  if (!entry || to < 0 || to >= entries.length) return entries;
  return removed(entries, key).toSpliced(to, 0, entry);
}

/**
 * A question written otherwise. Where its kind changes it has that kind's settings, and follow-ups of it keep only that
 * it was answered: its answers say other things then.
 */
export function changed(entries: Entries, key: string, change: Partial<Question>): Entries {
  return entries.map((entry) => {
    if (entry.key === key) return { ...entry, ...change, ...settingsOfNewKind(entry, change) };
    const follows = entry.when?.question === key;
    return follows && change.kind !== undefined ? { ...entry, when: { question: key } } : entry;
  });
}

function settingsOfNewKind(entry: QuestionEntry, { kind }: Partial<Question>): Partial<Question> {
  return kind === undefined || kind === entry.kind ? {} : { settings: standardQuestion(kind).settings };
}

/** The questions as they are sent. */
export function questionsOf(entries: Entries): Question[] {
  const names = new Map(entries.map(({ key, name }) => [key, name]));
  return entries.map(({ key: _, ...question }) => ({
    ...question,
    when: question.when && { ...question.when, question: names.get(question.when.question) ?? goneQuestion },
  }));
}

/** The questions that one can follow up on: those before it. */
export function before(entries: Entries, key: string): Entries {
  return entries.slice(
    0,
    entries.findIndex((entry) => entry.key === key),
  );
}

/** Whether they ask the same in the same order. */
export function sameQuestions(some: Entries, others: Entries): boolean {
  return JSON.stringify(questionsOf(some)) === JSON.stringify(questionsOf(others));
}

function freeName(entries: Entries, kind: QuestionKind): string {
  const taken = new Set(entries.map(({ name }) => name));
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? kind : `${kind}-${nth}`;
    if (!taken.has(name)) return name;
  }
}
