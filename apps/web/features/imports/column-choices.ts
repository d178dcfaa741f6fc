import { ColumnMapping, type ColumnRole, type ImportReceipt } from "@touchstone/contracts";

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
  "gold",
  "unused",
] as const satisfies readonly ColumnRole[];

type Choice = Pick<ImportReceipt["columns"][number], "path" | "role" | "list">;

/**
 * The mapping that says what the menus of the columns say, after one of them was changed. What no menu shows, such as
 * the values of votes, stays as it was. A column set to “not used” by hand is left out on purpose.
 */
export function mappingOf(receipt: ImportReceipt, changed: { path: string; role: ColumnRole }): ColumnMapping {
  const columns: Choice[] = receipt.columns.map((column) =>
    column.path === changed.path ? { ...column, role: changed.role } : column,
  );
  const former: ColumnMapping = receipt.mapping ?? {};
  const paths = (role: ColumnRole) => columns.filter((column) => column.role === role).map(({ path }) => path);
  const [prompt, ...moreOfPrompt] = paths("prompt");
  const ignore = [...(former.ignore ?? []).filter((path) => path !== changed.path)];
  if (changed.role === "unused") ignore.push(changed.path);
  return ColumnMapping.parse({
    ...(prompt === undefined ? {} : { prompt: moreOfPrompt.length === 0 ? prompt : [prompt, ...moreOfPrompt] }),
    ...single("system", paths("system")),
    ...single("id", paths("id")),
    ...single("cluster", paths("cluster")),
    ...single("split", paths("split")),
    ...single("language", paths("language")),
    ...single("sourceText", paths("source")),
    ...single("gold", paths("gold")),
    ...single("annotator", paths("annotator")),
    ...single("score", paths("score")),
    ...answersOf(columns, former),
    ...votesOf(columns, former),
    ...(former.values ? { values: former.values } : {}),
    ...(ignore.length > 0 ? { ignore } : {}),
  });
}

function single(field: keyof ColumnMapping, paths: readonly string[]): Partial<Record<keyof ColumnMapping, string>> {
  const [path] = paths;
  return path === undefined ? {} : { [field]: path };
}

function answersOf(columns: readonly Choice[], former: ColumnMapping): ColumnMapping {
  const of = (role: ColumnRole) => columns.filter((column) => column.role === role);
  const models = of("model").map(({ path }) => path);
  const [better] = of("better");
  const [worse] = of("worse");
  if (better && worse) return { a: better.path, b: worse.path, winner: "a", ...modelsOfPair(models) };
  const answers = of("answer");
  const list = answers.find((column) => column.list);
  if (list) {
    const known = former.answers && "list" in former.answers && former.answers.list === list.path;
    return { answers: known && former.answers ? former.answers : { list: list.path } };
  }
  const [a, b, ...more] = answers.map(({ path }) => path);
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

function votesOf(columns: readonly Choice[], former: ColumnMapping): ColumnMapping {
  const votes = columns.filter(({ role }) => role === "vote");
  const { votes: before } = former;
  if (before && "list" in before && votes.some(({ path }) => path === before.list)) return { votes: before };
  return votes.length === 0 ? {} : { votes: { columns: votes.map(({ path }) => path) } };
}
