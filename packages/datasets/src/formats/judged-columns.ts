import { aspectNames, type ColumnMapping } from "@touchstone/contracts";
import { type ImportCompletion, type ImportJudgement, type ImportVote, unnamedAnnotator } from "../import-row.ts";
import { asNumber, optionalName, quoted, SaidValues, valueAt } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { judgedByRanks, rankAt } from "../shapes/ranks.ts";
import { wholeAt } from "../shapes/reading.ts";
import { commentOf } from "./votes.ts";

interface Judged {
  readonly votes: readonly ImportVote[];
  readonly judgements: readonly ImportJudgement[];
}

/** What a row's ranks, aspects and label say, each of whoever its annotator is. @param ranks by the answers' places */
export function judgedIn(
  row: JsonRow,
  mapping: ColumnMapping,
  completions: readonly ImportCompletion[],
  ranks: readonly { readonly value: unknown; readonly path: string }[],
): Judged {
  const { annotator: column } = mapping;
  const named = column === undefined ? null : optionalName(valueAt(row.value, column), row.line, column);
  const said = { annotator: named ?? unnamedAnnotator, ...commentOf(row, mapping.comment) };
  const ordered = ranksOf(row, mapping, completions, ranks, said);
  return {
    votes: ordered.votes,
    judgements: [...ordered.judgements, ...aspectsOf(row, mapping, said), ...labelOf(row, mapping, said)],
  };
}

type Said = Omit<ImportVote, "outcome" | "bothBad" | "shownOrder">;

function ranksOf(
  { line }: JsonRow,
  mapping: ColumnMapping,
  completions: readonly ImportCompletion[],
  ranks: readonly { readonly value: unknown; readonly path: string }[],
  said: Said,
): Judged {
  if (!saysRanks(mapping)) return { votes: [], judgements: [] };
  const given = ranks.map(({ value, path }) => rankAt(value, line, path));
  return judgedByRanks(completions, given, said, line, ranks[0]?.path ?? "ranks");
}

/** Whether a mapping says where the ranks are. */
export function saysRanks({ ranks, answers }: ColumnMapping): boolean {
  return ranks !== undefined || (answers !== undefined && "list" in answers && answers.rank !== undefined);
}

/** The n-th of the answers has the n-th rank; a list of another length is a slip. */
export function rankOfPlace({ line, value }: JsonRow, { ranks }: ColumnMapping, place: number, answers: number) {
  if (ranks === undefined) return undefined;
  if ("columns" in ranks) {
    const path = ranks.columns[place];
    return path === undefined ? undefined : { path, value: valueAt(value, path) };
  }
  const list = valueAt(value, ranks.list);
  if (list === undefined || list === null || list === "") return { path: ranks.list, value: null };
  if (!Array.isArray(list)) throw lineProblem(line, ranks.list, "rankList");
  if (list.length !== answers) {
    throw lineProblem(line, ranks.list, "rankCount", { count: list.length, expected: answers });
  }
  const rank: unknown = list[place];
  return { path: `${ranks.list}.${place}`, value: rank };
}

/** All of them, or none: a row that says some is refused by the one that it lacks. */
function aspectsOf({ line, value }: JsonRow, mapping: ColumnMapping, said: Said): ImportJudgement[] {
  const { aspects = [], aspectScale = { from: 1, steps: 5 } } = mapping;
  const scores = aspects.map((path) => ({ path, raw: valueAt(value, path) }));
  if (scores.every(({ raw }) => raw === undefined || raw === null || raw === "")) return [];
  const last = aspectScale.from + aspectScale.steps - 1;
  const names = aspectNames(aspects);
  const ratings = scores.map(({ path, raw }, index) => [
    names[index],
    [wholeAt(raw, line, path, aspectScale.from, last) - aspectScale.from + 1],
  ]);
  return [{ ...said, questionnaire: "imported-aspects", sides: [0], answer: { ratings: Object.fromEntries(ratings) } }];
}

/** Words for wanted and unwanted answers, as files have them. */
const plainLabels = {
  good: ["true", "1", "good", "yes", "up", "thumbs_up", "👍", "positive", "chosen", "accept", "好", "是", "赞"],
  bad: [
    "false",
    "0",
    "-1",
    "bad",
    "no",
    "down",
    "thumbs_down",
    "👎",
    "negative",
    "rejected",
    "reject",
    "坏",
    "差",
    "否",
    "踩",
  ],
} as const;

function labelOf({ line, value }: JsonRow, { label, values }: ColumnMapping, said: Said): ImportJudgement[] {
  if (label === undefined) return [];
  const raw = valueAt(value, label);
  if (raw === undefined || raw === null || raw === "") return [];
  const known = values ? { good: values.a, bad: values.b } : plainLabels;
  const meanings = new SaidValues<"good" | "bad">();
  for (const word of known.good) meanings.add(word, "good");
  for (const word of known.bad) meanings.add(word, "bad");
  const word = typeof raw === "string" && !values ? raw.trim().toLowerCase() : raw;
  const number = asNumber(word);
  const meaning = meanings.of(word) ?? (number === undefined ? undefined : meanings.of(number));
  if (meaning === undefined) {
    throw lineProblem(line, label, "labelUnknown", {
      said: quoted(raw),
      good: known.good.join(", "),
      bad: known.bad.join(", "),
    });
  }
  return [{ ...said, questionnaire: "good-or-bad", sides: [0], answer: { chosen: [meaning] } }];
}
