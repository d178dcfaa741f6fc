import { type QualityQuestion, QualitySlice, QualityView, type Question } from "@touchstone/contracts";
import { chosenPlace, positionShare, scaleOf, shareOfEqualPairs } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { countLeftOut, sumOfLeftOut } from "../left-out/list-left-out.ts";
import { assertProject } from "../projects/queries.ts";
import { grouped } from "./grouped.ts";
import { readPace } from "./pace.ts";
import { type JudgedItem, latestJudgements, readJudgedItems } from "./read-answers.ts";
import { agreementOf, unitsOf } from "./units.ts";

/** Parts of a slice that are listed; a project may have been judged for years, or in a hundred languages. */
const mostParts = 12;
/** Items on which people differ that are listed; Browse has the others. */
const mostDisagreements = 20;
/** As the rows of Browse show a prompt. */
const excerptCharacters = 200;

/**
 * How good a project's judgements are: agreement by question, also told apart by language, source, split, batch and week,
 * whether the place of an answer decides, how long judging takes, and where people differ. It speaks of the latest
 * judgements, so that its cost does not grow with the project; simulated and left-out ones are in nothing of it.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function projectQuality(db: Database, workspaceId: string, projectId: string): Promise<QualityView> {
  await assertProject(db, workspaceId, projectId);
  const [items, pace, leftOut] = await Promise.all([
    readJudgedItems(db, projectId),
    readPace(db, projectId),
    countLeftOut(db, { projectId, includeSimulated: false, includeEvaluations: true }),
  ]);
  const judgements = judgementsOf(items);
  return QualityView.parse({
    projectId,
    judgements,
    all: judgements + sumOfLeftOut(leftOut) < latestJudgements,
    leftOut: sumOfLeftOut(leftOut),
    questions: askedIn(items).map((question) => qualityOf(question, items)),
    pace,
    disagreements: await disagreements(db, items),
  });
}

function judgementsOf(items: readonly JudgedItem[]): number {
  return items.reduce((sum, { said }) => sum + said.reduce((all, { times }) => all + times, 0), 0);
}

/** Each question by its name, as its newest version has it. */
export function askedIn(items: readonly JudgedItem[]): Question[] {
  return [...new Map(items.flatMap(({ questions }) => questions.map((one) => [one.name, one] as const))).values()];
}

/** The items that ask just this: a name may have been another kind's in a version of before, which is another question. */
export function itemsAsking({ name, kind }: Question, all: readonly JudgedItem[]): JudgedItem[] {
  return all.filter(({ questions }) => questions.some((one) => one.name === name && one.kind === kind));
}

function qualityOf(question: Question, all: readonly JudgedItem[]): QualityQuestion {
  const { name, kind, title } = question;
  const items = itemsAsking(question, all);
  const scale = scaleOf(kind);
  const howFar = (some: readonly JudgedItem[]) => ({
    judgements: answersTo(some, name),
    ...agreementOf(unitsOf(some, name), kind, scale),
  });
  return {
    ...{ name, kind, title, scale },
    ...howFar(items),
    slices: QualitySlice.options.flatMap((by) => {
      const parts = [...grouped(items, (item) => partOf(item, by))].map(([value, some]) => ({
        value,
        ...howFar(some),
      }));
      // One part is the whole again.
      if (parts.length < 2) return [];
      return [{ by, ...listed(parts, by) }];
    }),
    position: positionOf(question, items),
  };
}

function answersTo(items: readonly JudgedItem[], name: string): number {
  return items.reduce(
    (sum, { said }) => sum + said.reduce((all, one) => all + (one.answers[name] === undefined ? 0 : one.times), 0),
    0,
  );
}

function partOf(item: JudgedItem, by: QualitySlice): string | null {
  return by === "batch" ? String(item.batch) : item[by];
}

interface Part {
  readonly value: string | null;
  readonly judgements: number;
}

/** Of weeks the latest, oldest first; of others those that were judged most. */
function listed<P extends Part>(parts: readonly P[], by: QualitySlice): { parts: P[]; more: number } {
  const inTime = (one: P, other: P) => ((one.value ?? "") < (other.value ?? "") ? -1 : 1);
  const shown =
    by === "week"
      ? parts.toSorted(inTime).slice(-mostParts)
      : parts.toSorted((one, other) => other.judgements - one.judgements).slice(0, mostParts);
  return { parts: shown, more: parts.length - shown.length };
}

/** By how many answers stood there, for the chance goes by that. People alone: a file has no places on a screen. */
function positionOf({ name, kind }: Question, items: readonly JudgedItem[]): QualityQuestion["position"] {
  const counts = new Map<number, { first: number; choices: number }>();
  for (const { completions, said } of items) {
    for (const { answers, byPerson, times } of said) {
      const answer = answers[name];
      const place = answer === undefined || !byPerson || completions < 2 ? null : chosenPlace({ kind }, answer);
      if (place === null) continue;
      const { first, choices } = counts.get(completions) ?? { first: 0, choices: 0 };
      counts.set(completions, { first: first + (place === 0 ? times : 0), choices: choices + times });
    }
  }
  return [...counts]
    .toSorted(([one], [other]) => one - other)
    .map(([answers, { first, choices }]) => ({ answers, ...positionShare(first, choices, answers) }));
}

/** The items on which fewest pairs of people said the same; of those alike the ones that more people have judged. */
async function disagreements(db: Database, items: readonly JudgedItem[]): Promise<QualityView["disagreements"]> {
  const shares = items.flatMap((item) => {
    const people = item.said.reduce((sum, { times }) => sum + times, 0);
    const share = people < 2 ? null : shareOf(item);
    return share === null || share === 1 ? [] : [{ taskId: item.taskId, share, people }];
  });
  const worst = shares
    .toSorted(
      (one, other) => one.share - other.share || other.people - one.people || (one.taskId < other.taskId ? 1 : -1),
    )
    .slice(0, mostDisagreements);
  const ids = worst.map(({ taskId }) => taskId);
  const rows = await db.$queryRaw<{ taskId: string; excerpt: string; flags: number }[]>`
    SELECT t.id AS "taskId", left(coalesce(p.messages -> -1 ->> 'content', ''), ${excerptCharacters}::int) AS excerpt,
      (SELECT count(*) FROM effective_judgement e WHERE e.task_id = t.id AND e.flagged)::int AS flags
    FROM task t JOIN prompt p ON p.id = t.prompt_id WHERE t.id = ANY (${ids}::uuid[])`;
  const byId = new Map(rows.map((row) => [row.taskId, row]));
  return worst.flatMap((one) => {
    const row = byId.get(one.taskId);
    return row ? [{ ...one, excerpt: row.excerpt, flags: row.flags }] : [];
  });
}

/** Answers that so many people gave alike are compared as often: of an item with thousands the share says enough of some. */
const mostAlike = 50;

function shareOf({ questions, completions, said }: JudgedItem): number | null {
  const people = said.flatMap(({ answers, shownOrder, times }) =>
    Array.from({ length: Math.min(times, mostAlike) }, () => ({ questions, answers, shownOrder, completions })),
  );
  return shareOfEqualPairs(people);
}
