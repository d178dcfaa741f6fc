import type { Message } from "@touchstone/contracts";
import { transcriptTurns } from "../formats/hh.ts";
import { isAbsent, itemOf, voteDetails } from "../formats/origin.ts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { optionalName } from "../read/fields.ts";
import { isObject, type JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { itemRoles, judgedRoles } from "./item-roles.ts";
import { judgedByRanks, rankAt } from "./ranks.ts";
import { answerAt, nameIn, objectsAt, promptAt, withSystem } from "./reading.ts";
import type { Shape } from "./shape.ts";

const prompts = ["prompt", "context", "instruction", "question", "messages"] as const;
const lists = ["answers", "completions", "responses", "generations", "candidates"] as const;
const texts = ["answer", "completion", "response", "text", "content"] as const;
const ranks = ["ranks", "ranking", "rank"] as const;

/**
 * Answers with their ranks, each an object (Nectar: answers of answer, model and rank, 1 the best; NeMo-RL: completions
 * of completion and rank, 0 the best) or in two lists (prompt, responses, ranks: equal ranks are a tie, null is not ranked).
 */
export const ranked: Shape = {
  format: "ranked",
  roles: {
    ...Object.fromEntries(prompts.map((name) => [name, "prompt" as const])),
    ...Object.fromEntries(lists.map((name) => [name, "answer" as const])),
    ...Object.fromEntries(ranks.map((name) => [name, "vote" as const])),
    ...{ models: "model", system: "system", ranking_id: "kept" },
    ...itemRoles,
    ...judgedRoles,
  },
  entries: Object.fromEntries(lists.map((name) => [name, [...texts, "model", "rank", "id"]])),
  // NeMo-RL has two completions a row, which are a vote.
  question: (file) => (file.hasEntries("completions", "completion") ? "preference" : "imported-ranking"),
  matches: (file) => {
    if (file.first(...prompts) === undefined) return false;
    const list = lists.find((name) => file.within(name));
    if (list === undefined) return false;
    if (texts.some((name) => file.hasEntries(list, name, "rank"))) return true;
    return file.is(list, "texts") && ranks.some((name) => file.is(name, "other", "texts"));
  },
  read: readRanked,
};

function readRanked(row: JsonRow): ImportRow {
  const { line, value } = row;
  const list = lists.find((name) => !isAbsent(value[name])) ?? "answers";
  const { answers, given, field } = answersIn(row, list);
  const completions = completionsOf(answers);
  const annotator = nameIn(row, "annotator_hash", "annotator") ?? unnamedAnnotator;
  const judged = judgedByRanks(completions, given, { annotator, ...voteDetails(row) }, line, field);
  return { ...rowOf(line, promptOf(row)), ...itemOf(row), completions, ...judged };
}

interface Ranked {
  readonly answers: readonly { readonly id: string | null; readonly text: string; readonly model: string | null }[];
  readonly given: readonly (number | null)[];
  /** Where the ranks stand. */
  readonly field: string;
}

function answersIn({ line, value }: JsonRow, list: string): Ranked {
  const found = value[list];
  const column = ranks.find((name) => !isAbsent(value[name]));
  if (column !== undefined || !Array.isArray(found) || !found.some(isObject)) {
    return inTwoLists({ line, value }, list, column ?? "ranks");
  }
  const entries = objectsAt(found, line, list);
  const answers = entries.map((entry, index) => {
    const at = `${list}.${index}`;
    const key = texts.find((name) => !isAbsent(entry[name]));
    if (key === undefined) throw lineProblem(line, at, "answerEntry", { name: texts.join(" / ") });
    return {
      id: optionalName(entry.id, line, `${at}.id`),
      text: answerAt(entry[key], line, `${at}.${key}`),
      model: optionalName(entry.model, line, `${at}.model`),
    };
  });
  return { answers, given: entries.map(({ rank }, index) => rankAt(rank, line, `${list}.${index}.rank`)), field: list };
}

function inTwoLists({ line, value }: JsonRow, list: string, field: string): Ranked {
  const [found, given, models] = [value[list], value[field], value.models];
  if (!Array.isArray(found)) throw lineProblem(line, list, "textList");
  if (!Array.isArray(given)) throw lineProblem(line, field, "rankList");
  if (Array.isArray(models) && models.length !== found.length) {
    throw lineProblem(line, "models", "labelCount", { count: models.length, expected: found.length });
  }
  return {
    answers: found.map((answer: unknown, index) => ({
      id: null,
      text: answerAt(answer, line, `${list}.${index}`),
      model: Array.isArray(models) ? optionalName(models[index], line, `models.${index}`) : null,
    })),
    given: given.map((rank: unknown, index) => rankAt(rank, line, `${field}.${index}`)),
    field,
  };
}

/** Nectar's prompts are transcripts that end where the assistant is to speak. */
function promptOf({ line, value }: JsonRow): readonly Message[] {
  const field = prompts.find((name) => !isAbsent(value[name])) ?? "prompt";
  const turns = transcriptTurns(value[field]);
  const prompt = turns === null ? promptAt(value[field], line, field) : promptAt(turns, line, field);
  return withSystem({ line, value }, prompt);
}
