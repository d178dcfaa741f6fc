import { ColumnMapping, type ImportFormat, Split } from "@touchstone/contracts";

type Row = Readonly<Record<string, unknown>>;

export interface Guess {
  readonly format: ImportFormat;
  readonly mapping: ColumnMapping;
}

/** Names by which files in the field call the same thing, likeliest first. */
const names = {
  id: ["id", "idx", "uid"],
  prompt: ["prompt", "instruction", "question", "title", "input"],
  cluster: ["cluster", "debate_side", "topic", "document", "doc"],
  language: ["language", "lang"],
  a: ["a", "response1", "response_a", "answer_a", "a1", "output_1"],
  b: ["b", "response2", "response_b", "answer_b", "a2", "output_2"],
  gold: ["gold", "label"],
  completion: ["completion", "response", "answer", "output"],
  score: ["score", "rating"],
  annotator: ["annotator", "worker", "rater", "judge"],
} as const;

/** Taken only where every row says one of our three words: a “set” may be anything. */
const splitNames = ["split", "set", "partition", "fold"];

/** What a file looks like from its first rows: a known format by its keys, else the columns by their usual names. */
export function guess(rows: readonly Row[]): Guess {
  const keys = new Set(rows.flatMap((row) => Object.keys(row)));
  const has = (...wanted: string[]) => wanted.every((key) => keys.has(key));
  const transcript = rows.some((row) => String(row.chosen ?? "").includes("\n\nHuman:"));
  if (has("chosen", "rejected")) return { format: transcript ? "hh" : "trl-preference", mapping: {} };
  const mapping = columns(keys, rows);
  if (mapping.a && mapping.b) return { format: "columns", mapping };
  if (mapping.completion && mapping.score) return { format: "columns", mapping };
  if (has("prompt") || has("messages")) return { format: "prompts", mapping: {} };
  return { format: "columns", mapping };
}

function columns(keys: ReadonlySet<string>, rows: readonly Row[]): ColumnMapping {
  const found = Object.entries(names).flatMap(([field, candidates]) => {
    const key = candidates.find((name) => keys.has(name));
    return key ? [[field, key] as const] : [];
  });
  const split = splitNames.find((name) => keys.has(name) && rows.every((row) => Split.safeParse(row[name]).success));
  const list = [...keys].find((key) => rows.some((row) => isVoteList(row[key])));
  const perAnnotator = [...keys].filter((key) => /^(annotator|rater|worker)_?\d+$/.test(key));
  const votes = list
    ? { votes: { list, ...votePaths(rows, list) } }
    : perAnnotator.length > 0
      ? { votes: { columns: perAnnotator } }
      : {};
  return ColumnMapping.parse({ ...Object.fromEntries(found), ...(split ? { split } : {}), ...votes });
}

function isVoteList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((vote) => typeof vote === "object" && vote !== null);
}

function votePaths(rows: readonly Row[], list: string): { annotator: string; value: string } {
  const votes = rows.flatMap((row) => (Array.isArray(row[list]) ? row[list] : []));
  const keys = new Set(votes.flatMap((vote) => Object.keys(Object(vote))));
  return {
    annotator: names.annotator.find((name) => keys.has(name)) ?? "annotator",
    value: ["value", "vote", "label", "choice"].find((name) => keys.has(name)) ?? "value",
  };
}
