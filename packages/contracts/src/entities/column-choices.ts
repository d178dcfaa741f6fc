import { ColumnMapping } from "./datasets.ts";
import type { ColumnRole, ImportReceipt } from "./import-receipt.ts";

/** What a person may make of a column; ids of answers and margins are left to the mapping's own text. */
export const choosableRoles = [
  "prompt",
  "system",
  "answer",
  "better",
  "worse",
  "vote",
  "score",
  "model",
  "annotator",
  "id",
  "cluster",
  "split",
  "language",
  "source",
  "sensitive",
  "gold",
  "unused",
] as const satisfies readonly ColumnRole[];

type TakenColumn = Pick<ImportReceipt["columns"][number], "path" | "role" | "list">;

/** A column, and what a person says that it is. */
export interface ColumnChoice {
  readonly path: string;
  readonly role: ColumnRole;
}

/**
 * The mapping that says what a receipt says of its columns, after some of them were changed. What no choice can say,
 * such as the values of votes, stays as it was. Where only one column can be something, the changed one is. A column
 * that is changed to `unused` is left out on purpose.
 */
export function mappingOf(
  receipt: Pick<ImportReceipt, "columns" | "mapping">,
  changes: readonly ColumnChoice[],
): ColumnMapping {
  const changed = new Map(changes.map(({ path, role }) => [path, role]));
  const columns: TakenColumn[] = receipt.columns.map((column) => ({
    ...column,
    role: changed.get(column.path) ?? column.role,
  }));
  const former: ColumnMapping = receipt.mapping ?? {};
  const [prompt, ...moreOfPrompt] = pathsOf(columns, "prompt");
  const leftOut = changes.filter(({ role }) => role === "unused").map(({ path }) => path);
  const ignore = [...(former.ignore ?? []).filter((path) => !changed.has(path)), ...leftOut];
  const single = (field: keyof ColumnMapping, role: ColumnRole) => {
    const all = pathsOf(columns, role);
    const path = all.find((one) => changed.has(one)) ?? all[0];
    return path === undefined ? {} : { [field]: path };
  };
  return ColumnMapping.parse({
    ...(prompt === undefined ? {} : { prompt: moreOfPrompt.length === 0 ? prompt : [prompt, ...moreOfPrompt] }),
    ...single("system", "system"),
    ...single("id", "id"),
    ...single("cluster", "cluster"),
    ...single("split", "split"),
    ...single("language", "language"),
    ...single("sourceText", "source"),
    ...single("sensitive", "sensitive"),
    ...single("gold", "gold"),
    ...single("annotator", "annotator"),
    ...single("score", "score"),
    ...answersOf(columns, former),
    ...votesOf(columns, former),
    ...(former.values ? { values: former.values } : {}),
    ...(former.comment !== undefined && !changed.has(former.comment) ? { comment: former.comment } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  });
}

function answersOf(columns: readonly TakenColumn[], former: ColumnMapping): ColumnMapping {
  const models = pathsOf(columns, "model");
  const [better] = pathsOf(columns, "better");
  const [worse] = pathsOf(columns, "worse");
  if (better !== undefined && worse !== undefined) {
    return { a: better, b: worse, winner: "a", ...modelsOfPair(models) };
  }
  const list = columns.find((column) => column.role === "answer" && column.list);
  if (list) {
    const { answers: before } = former;
    return { answers: before && "list" in before && before.list === list.path ? before : { list: list.path } };
  }
  const [a, b, ...more] = pathsOf(columns, "answer");
  if (a === undefined) return {};
  if (b === undefined) return { completion: a, ...(models[0] === undefined ? {} : { model: models[0] }) };
  if (more.length === 0) {
    const ids = former.aId && former.bId ? { aId: former.aId, bId: former.bId } : {};
    return { a, b, ...ids, ...modelsOfPair(models) };
  }
  const all = [a, b, ...more];
  return { answers: models.length === all.length ? { columns: all, models } : { columns: all } };
}

function modelsOfPair([aModel, bModel]: readonly string[]): ColumnMapping {
  return aModel === undefined || bModel === undefined ? {} : { aModel, bModel };
}

function votesOf(columns: readonly TakenColumn[], former: ColumnMapping): ColumnMapping {
  const votes = pathsOf(columns, "vote");
  const { votes: before } = former;
  if (before && "list" in before && votes.includes(before.list)) return { votes: before };
  if (votes.length === 0) return {};
  const reasons = before && "columns" in before ? Object.entries(before.comments ?? {}) : [];
  const comments = reasons.filter(([vote]) => votes.includes(vote));
  return { votes: { columns: votes, ...(comments.length > 0 ? { comments: Object.fromEntries(comments) } : {}) } };
}

function pathsOf(columns: readonly TakenColumn[], role: ColumnRole): string[] {
  return columns.filter((column) => column.role === role).map(({ path }) => path);
}
