import type { ColumnMapping, ColumnRole } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import type { originColumns } from "../formats/origin.ts";
import { itemRoles, judgedRoles } from "../shapes/item-roles.ts";
import { shapeOf } from "../shapes/shapes.ts";
import { plainName, usualNames } from "./names.ts";

type KnownFormat = Exclude<ImportSource["format"], "columns">;
type OwnRoles = Record<string, Readonly<Record<string, ColumnRole>>>;

/** The columns that every known format reads beside its own (`originColumns`), those of the item first. */
const originRoles = { ...itemRoles, ...judgedRoles } as const satisfies Record<
  (typeof originColumns)[number],
  ColumnRole
>;

/** What the readers of the known formats take, by the column's own name. */
const rolesOfFormats = {
  "trl-preference": {
    prompt: "prompt",
    chosen: "better",
    rejected: "worse",
    margin: "margin",
    margin_step: "margin",
    original_margin: "kept",
    chosen_id: "kept",
    rejected_id: "kept",
    chosen_external_id: "answerId",
    rejected_external_id: "answerId",
    chosen_model: "model",
    rejected_model: "model",
    ...originRoles,
  },
  hh: { chosen: "better", rejected: "worse", ...originRoles },
  prompts: { prompt: "prompt", messages: "prompt", completions: "answer", ...originRoles },
  judgements: {
    prompt: "prompt",
    completions: "answer",
    answer: "vote",
    shown_order: "vote",
    // Derived from answer and shown_order, and derived again when it is exported.
    ...{
      outcome: "kept",
      preferred: "kept",
      question: "kept",
      questionnaire: "kept",
      answers: "kept",
      source: "kept",
      original_margin: "kept",
      timings: "kept",
      metadata: "metadata",
    },
    // Skips are rows of their own, counted on the receipt.
    ...{ kind: "kept", blind: "kept", skip_id: "unused", skip_reason: "unused" },
    faster_than_reading: "unused",
    // Rows that were left out count here like all others, and are counted on the receipt.
    left_out: "unused",
    ...{ guideline_version: "unused", task_id: "unused", evaluation_id: "unused", supersedes: "unused" },
    ...originRoles,
  },
  ratings: {
    prompt: "prompt",
    completion: "answer",
    score: "score",
    completion_id: "kept",
    completion_external_id: "answerId",
    model: "model",
    ...originRoles,
  },
  "sft-messages": {
    messages: "answer",
    completion_id: "kept",
    completion_external_id: "answerId",
    model: "model",
    answer_turns: "kept",
    ...originRoles,
  },
  atif: {
    steps: "answer",
    ...{ schema_version: "kept", session_id: "kept", trajectory_id: "answerId", agent: "model" },
    ...{ final_metrics: "kept", notes: "kept", extra: "kept", continued_trajectory_ref: "kept" },
    ...{ subagent_trajectories: "kept" },
    ...itemRoles,
  },
} as const satisfies OwnRoles;

function rolesOf(format: KnownFormat): Readonly<Record<string, ColumnRole>> {
  const own: OwnRoles = rolesOfFormats;
  return own[format] ?? shapeOf({ format })?.roles ?? {};
}

export function columnsOfFormat(format: KnownFormat): ReadonlySet<string> {
  return new Set(Object.keys(rolesOf(format)));
}

/** The names a mapping gives, with the field of the mapping and what the column becomes. */
export interface NamedColumn {
  readonly path: string;
  readonly field: string;
  readonly role: ColumnRole;
}

/** Every column that a reading takes something from. */
export function namedColumns(source: ImportSource): NamedColumn[] {
  if (source.format === "columns") return columnsOfMapping(source.mapping);
  return Object.entries(rolesOf(source.format)).map(([path, role]) => ({ path, field: path, role }));
}

function columnsOfMapping(mapping: ColumnMapping): NamedColumn[] {
  const { prompt, answers, votes, winner, ranks } = mapping;
  const one = (field: keyof ColumnMapping, role: ColumnRole): NamedColumn[] => {
    const path = mapping[field];
    return typeof path === "string" ? [{ path, field, role }] : [];
  };
  const many = (paths: readonly string[], field: string, role: ColumnRole): NamedColumn[] =>
    paths.map((path) => ({ path, field, role }));
  const promptPaths = prompt === undefined ? [] : [prompt].flat();
  return [
    ...many(promptPaths, "prompt", "prompt"),
    ...many(mapping.turns ?? [], "turns", "turn"),
    ...one("system", "system"),
    ...one("id", "id"),
    ...one("cluster", "cluster"),
    ...one("split", "split"),
    ...one("language", "language"),
    ...one("sourceText", "source"),
    ...one("sensitive", "sensitive"),
    ...one("a", sideRole("a", winner)),
    ...one("b", sideRole("b", winner)),
    ...one("aId", "answerId"),
    ...one("bId", "answerId"),
    ...one("aModel", "model"),
    ...one("bModel", "model"),
    ...one("completion", "answer"),
    ...one("model", "model"),
    ...one("score", "score"),
    ...many(mapping.scores ?? [], "scores", "score"),
    ...many(mapping.aspects ?? [], "aspects", "aspect"),
    ...one("label", "vote"),
    ...many(ranks && "columns" in ranks ? ranks.columns : [], "ranks.columns", "rank"),
    ...many(ranks && "list" in ranks ? [ranks.list] : [], "ranks.list", "rank"),
    ...many(mapping.media ?? [], "media", "media"),
    ...many(mapping.metadata ?? [], "metadata", "metadata"),
    ...one("annotator", "annotator"),
    ...one("comment", "kept"),
    ...one("gold", "gold"),
    ...(answers === undefined || "list" in answers
      ? many(answers ? [answers.list] : [], "answers.list", "answer")
      : [
          ...many(answers.columns, "answers.columns", "answer"),
          ...many(answers.models ?? [], "answers.models", "model"),
        ]),
    ...(votes === undefined || "list" in votes
      ? many(votes ? [votes.list] : [], "votes.list", "vote")
      : [
          ...many(votes.columns, "votes.columns", "vote"),
          ...many(Object.values(votes.comments ?? {}), "votes.comments", "kept"),
        ]),
    ...many(mapping.ignore ?? [], "ignore", "unused"),
  ];
}

function sideRole(side: "a" | "b", winner: ColumnMapping["winner"]): ColumnRole {
  if (winner === undefined) return "answer";
  return winner === side ? "better" : "worse";
}

/** Names inside the entries of a list. */
interface NamedEntry {
  /** The list they are looked for in. */
  readonly list: string;
  readonly path: string;
  readonly field: string;
  readonly role: ColumnRole;
}

/** What is read inside the entries of lists, by what the mapping or the shape calls it. */
export function namedEntries(source: ImportSource): NamedEntry[] {
  if (source.format !== "columns") {
    const taken = Object.entries(shapeOf(source)?.entries ?? {});
    return taken.flatMap(([list, paths]) =>
      paths.map((path) => ({ list, path, field: list, role: roleOfEntry(rolesOf(source.format)[list], path) })),
    );
  }
  const { votes, answers } = source.mapping;
  const within = (field: "votes" | "answers", list: string, paths: Readonly<Record<string, string | undefined>>) =>
    Object.entries(paths).flatMap(([name, path]) => {
      const role = entryRoles[field][name];
      return path === undefined || role === undefined ? [] : [{ list, path, field: `${field}.${name}`, role }];
    });
  return [
    ...(votes && "list" in votes
      ? within("votes", votes.list, { annotator: votes.annotator, value: votes.value, comment: votes.comment })
      : []),
    ...(answers && "list" in answers
      ? within("answers", answers.list, {
          text: answers.text,
          model: answers.model,
          score: answers.score,
          rank: answers.rank,
        })
      : []),
  ];
}

const entryRoles: Readonly<Record<"votes" | "answers", Readonly<Record<string, ColumnRole>>>> = {
  votes: { annotator: "annotator", value: "vote", comment: "kept" },
  answers: { text: "answer", model: "model", score: "score", rank: "rank" },
};

/** Of a published shape, whose readers know their entries by the names that they have. */
function roleOfEntry(list: ColumnRole | undefined, path: string): ColumnRole {
  if (path === "model" || path === "rank") return path;
  const texts: readonly string[] = usualNames.listText;
  return list === "answer" && texts.includes(plainName(path)) ? "answer" : "kept";
}

/** Whether a reading that takes `named` takes what lies at `path`: the same place, one inside it or one around it. */
export function covers(named: string, path: string): boolean {
  return named === path || path.startsWith(`${named}.`) || named.startsWith(`${path}.`);
}
