import { ColumnMapping } from "./datasets.ts";
import type { ColumnRole, ImportReceipt } from "./import-receipt.ts";
import { longestPath, mostColumns } from "./most-columns.ts";

/** What a person may make of a column; ids of answers and margins are left to the mapping's own text. */
export const choosableRoles = [
  "prompt",
  "system",
  "turn",
  "answer",
  "better",
  "worse",
  "rank",
  "score",
  "aspect",
  "vote",
  "annotator",
  "model",
  "split",
  "language",
  "media",
  "id",
  "cluster",
  "source",
  "sensitive",
  "gold",
  "metadata",
  "unused",
] as const satisfies readonly ColumnRole[];

export type TakenColumn = Pick<ImportReceipt["columns"][number], "path" | "role" | "list">;

/** A column, and what a person says that it is. */
export interface ColumnChoice {
  readonly path: string;
  readonly role: ColumnRole;
}

/** What lies in every entry of a list, of whose entries it is named by the list's path and its own. */
export function entryOfList(path: string): { list: string; name: string } | null {
  const at = path.indexOf(".*.");
  return at < 0 ? null : { list: path.slice(0, at), name: path.slice(at + 3) };
}

/** The columns as they were taken, with what was chosen since. Of a list that is given another role its entries have none. */
export function chosenColumns(
  columns: readonly TakenColumn[],
  changes: readonly ColumnChoice[],
): readonly TakenColumn[] {
  const changed = new Map(changes.map(({ path, role }) => [path, role]));
  return columns.map((column) => {
    const own = changed.get(column.path);
    if (own !== undefined) return { ...column, role: own };
    const list = entryOfList(column.path)?.list;
    return list !== undefined && changed.has(list) ? { ...column, role: "unused" as const } : column;
  });
}

/**
 * The mapping that says what a receipt says of its columns, after some of them were changed. What no choice can say,
 * such as the values of votes, stays as it was. Where only one column can be something, the changed one is. A column
 * that is changed to `unused` is left out on purpose.
 *
 * @throws ZodError where `conflictsOf` says that something stops: more columns than can be something, or a path too long
 */
export function mappingOf(
  receipt: Pick<ImportReceipt, "columns" | "mapping">,
  changes: readonly ColumnChoice[],
): ColumnMapping {
  const changed = new Set(changes.map(({ path }) => path));
  const columns = chosenColumns(receipt.columns, changes);
  const former: ColumnMapping = receipt.mapping ?? {};
  const prompts = pathsOf(columns, "prompt");
  const [prompt, ...moreOfPrompt] = prompts.filter((path) => entryOfList(path) === null);
  // Every entry of a list is a turn, whether it is called so or the prompt.
  const turns = [...prompts.filter((path) => entryOfList(path) !== null), ...pathsOf(columns, "turn")];
  const leftOut = changes.filter(({ role }) => role === "unused").map(({ path }) => path);
  const ignored = [...(former.ignore ?? []).filter((path) => !changed.has(path)), ...leftOut];
  // Of those that a mapping can't name the receipt goes on warning, and they are left out all the same.
  const ignore = ignored.filter(({ length }) => length <= longestPath).slice(-mostColumns.unused);
  const own = columns.filter(({ path }) => entryOfList(path) === null);
  const single = (field: keyof ColumnMapping, role: ColumnRole) => {
    const all = pathsOf(own, role);
    const path = all.find((one) => changed.has(one)) ?? all[0];
    return path === undefined ? {} : { [field]: path };
  };
  const many = (field: "turns" | "aspects" | "media" | "metadata", paths: readonly string[]) =>
    paths.length === 0 ? {} : { [field]: paths };
  const answers = answersOf(columns, former);
  return ColumnMapping.parse({
    ...(prompt === undefined ? {} : { prompt: moreOfPrompt.length === 0 ? prompt : [prompt, ...moreOfPrompt] }),
    ...many("turns", turns),
    ...single("system", "system"),
    ...single("id", "id"),
    ...single("cluster", "cluster"),
    ...single("split", "split"),
    ...single("language", "language"),
    ...single("sourceText", "source"),
    ...single("sensitive", "sensitive"),
    ...single("gold", "gold"),
    ...single("annotator", "annotator"),
    ...answers,
    ...scoresOf(own, answers),
    ...ranksOf(own),
    ...many("aspects", pathsOf(own, "aspect")),
    ...(former.aspectScale && sameAspects(own, former) ? { aspectScale: former.aspectScale } : {}),
    ...votesOf(columns, former, answers),
    ...(former.values ? { values: former.values } : {}),
    ...(former.comment !== undefined && !changed.has(former.comment) ? { comment: former.comment } : {}),
    ...many("media", pathsOf(own, "media")),
    ...many("metadata", pathsOf(columns, "metadata")),
    ...(former.json ? { json: former.json } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  });
}

function answersOf(columns: readonly TakenColumn[], former: ColumnMapping): ColumnMapping {
  const models = pathsOf(columns, "model").filter((path) => entryOfList(path) === null);
  const own = columns.filter(({ path }) => entryOfList(path) === null);
  const [better] = pathsOf(own, "better");
  const [worse] = pathsOf(own, "worse");
  if (better !== undefined && worse !== undefined) {
    return { a: better, b: worse, winner: "a", ...modelsOfPair(models) };
  }
  const listed = listedAnswers(columns);
  if (listed) return { answers: listed };
  const list = own.find((column) => column.role === "answer" && column.list);
  if (list) {
    const { answers: before } = former;
    return { answers: before && "list" in before && before.list === list.path ? before : { list: list.path } };
  }
  const [a, b, ...more] = pathsOf(own, "answer");
  if (a === undefined) return {};
  if (b === undefined) return { completion: a, ...(models[0] === undefined ? {} : { model: models[0] }) };
  if (more.length === 0) {
    const ids = former.aId && former.bId ? { aId: former.aId, bId: former.bId } : {};
    return { a, b, ...ids, ...modelsOfPair(models) };
  }
  const all = [a, b, ...more];
  return { answers: models.length === all.length ? { columns: all, models } : { columns: all } };
}

/** Answers that lie in the entries of a list, with what stands beside each. */
function listedAnswers(columns: readonly TakenColumn[]) {
  const [text] = within(columns, "answer");
  if (text === undefined) return null;
  const beside = (role: ColumnRole) => within(columns, role).find(({ list }) => list === text.list)?.name;
  const [model, score, rank] = [beside("model"), beside("score"), beside("rank")];
  return {
    list: text.list,
    text: text.name,
    ...(model === undefined ? {} : { model }),
    ...(score === undefined ? {} : { score }),
    ...(rank === undefined ? {} : { rank }),
  };
}

function modelsOfPair([aModel, bModel]: readonly string[]): ColumnMapping {
  return aModel === undefined || bModel === undefined ? {} : { aModel, bModel };
}

/** Of one answer its score; of several one for each. */
function scoresOf(own: readonly TakenColumn[], { completion }: ColumnMapping): ColumnMapping {
  const [score, ...more] = pathsOf(own, "score");
  if (score === undefined) return {};
  return completion === undefined && more.length > 0 ? { scores: [score, ...more] } : { score };
}

function ranksOf(own: readonly TakenColumn[]): ColumnMapping {
  const ranks = own.filter(({ role }) => role === "rank").map(({ path }) => path);
  const [only, ...more] = ranks;
  if (only === undefined) return {};
  return { ranks: more.length === 0 ? { list: only } : { columns: ranks } };
}

function sameAspects(own: readonly TakenColumn[], { aspects = [] }: ColumnMapping): boolean {
  return JSON.stringify(pathsOf(own, "aspect")) === JSON.stringify(aspects);
}

/** A word about the one answer is its label; about two it is a vote. */
function votesOf(columns: readonly TakenColumn[], former: ColumnMapping, answers: ColumnMapping): ColumnMapping {
  const [value] = within(columns, "vote");
  if (value !== undefined) {
    const annotator = within(columns, "annotator").find(({ list }) => list === value.list)?.name;
    const { votes: before } = former;
    const isSame = before && "list" in before && before.list === value.list && before.value === value.name;
    const comment = isSame && before.comment !== undefined ? { comment: before.comment } : {};
    return { votes: { list: value.list, value: value.name, ...(annotator ? { annotator } : {}), ...comment } };
  }
  const votes = pathsOf(columns, "vote");
  const { votes: before } = former;
  if (before && "list" in before && votes.includes(before.list)) return { votes: before };
  const [label] = votes;
  if (label === undefined) return {};
  if (answers.completion !== undefined) return { label };
  const reasons = before && "columns" in before ? Object.entries(before.comments ?? {}) : [];
  const comments = reasons.filter(([vote]) => votes.includes(vote));
  return { votes: { columns: votes, ...(comments.length > 0 ? { comments: Object.fromEntries(comments) } : {}) } };
}

function pathsOf(columns: readonly TakenColumn[], role: ColumnRole): string[] {
  return columns.filter((column) => column.role === role).map(({ path }) => path);
}

/** What of a role lies in the entries of lists. */
function within(columns: readonly TakenColumn[], role: ColumnRole): { list: string; name: string }[] {
  return pathsOf(columns, role).flatMap((path) => entryOfList(path) ?? []);
}
