import {
  AnswersTogether,
  broughtQuestions,
  completionsOf,
  DomainError,
  type ImportQuery,
  isBroughtName,
  type ProjectView,
  type ReceiptQuery,
  refused,
  type SavedMappingDraft,
  type SavedMappingView,
} from "@touchstone/contracts";
import { type AskedOfRows, asksPairs, type ImportSource, parseMapping, type SavedReading } from "@touchstone/datasets";

type Asked = Pick<ProjectView, "questionnaires">;
type Query = Pick<ReceiptQuery | ImportQuery, "way" | "pairs" | "seed" | "atOnce">;

/** Null where the rows are to say it themselves. @throws DomainError invalid_mapping */
export function sourceOf({
  format,
  mapping,
}: Pick<ImportQuery | ReceiptQuery, "format" | "mapping">): ImportSource | null {
  if (format === undefined) return null;
  return format === "columns" ? { format, mapping: parseMapping(mapping) } : { format };
}

/**
 * The questionnaire by its name, with which answers stand together as the query says.
 *
 * @throws DomainError invalid_value, naming what the project can ask, or what this questionnaire can show.
 */
export function askedOf(project: Asked, name: string, query: Query, source: ImportSource | null): AskedOfRows {
  const asked = { name, ...shownBy(project, name, saysAspects(source)) };
  const together = togetherOf(query);
  if (together === undefined) return asked;
  assertShows(asked, query);
  return { ...asked, together };
}

const saysAspects = (source: ImportSource | null): boolean =>
  source?.format === "columns" && source.mapping.aspects !== undefined;

/** What is chosen before any questionnaire is: `assertShows` looks at it once that is known. */
export function togetherOf({ way, pairs, seed, atOnce }: Query): AnswersTogether | undefined {
  if ((pairs ?? seed) !== undefined && way !== "some") throw refused("pairsUndrawn", { at: "query.pairs" });
  if ((way ?? atOnce) === undefined) return undefined;
  return AnswersTogether.parse({ way, pairs, seed, atOnce });
}

/** @throws DomainError invalid_value */
function assertShows({ name, least, most }: AskedOfRows, { way, atOnce }: Query): void {
  const pair = asksPairs({ least, most });
  if (way !== undefined && way !== "ring" && !pair) throw refused("pairsOfNoPair", { name, at: "query.way" });
  if (atOnce === undefined) return;
  const from = Math.max(1, least);
  if (atOnce < from || atOnce > most) throw refused("atOnceOutside", { name, least: from, most, at: "query.atOnce" });
}

function shownBy({ questionnaires }: Asked, name: string, saysAspects: boolean): { least: number; most: number } {
  const found = questionnaires.find((questionnaire) => questionnaire.name === name);
  if (found) return completionsOf(found.questions);
  // The import brings it along.
  if (isBroughtName(name) && (name !== "imported-aspects" || saysAspects))
    return completionsOf(broughtQuestions(name, {}));
  const known = questionnaires.map((questionnaire) => questionnaire.name).join(", ");
  throw refused("noQuestionnaire", { name, known, at: "query.question" });
}

/** @throws DomainError invalid_mapping where it could give no row anything to judge */
export function checkReading({ format, mapping }: SavedMappingDraft["reading"]): void {
  if (format === "columns") parseMapping(mapping === null ? undefined : JSON.stringify(mapping));
  else if (mapping !== null) throw refused("mappingOfFormat");
}

/** Saved mappings as a receipt tries them. One whose questionnaire is gone asks what its rows say. */
export function savedReadings(project: Asked, saved: readonly SavedMappingView[]): SavedReading[] {
  return saved.flatMap(({ id, name, header, reading }) => {
    const { format, mapping, question, together } = reading;
    const source = sourceAgain(format, mapping);
    return source
      ? [{ id, name, header, source, asked: question === null ? null : again(project, question, together) }]
      : [];
  });
}

/** A reading of an earlier version may be one that is refused today. */
function sourceAgain(format: SavedMappingView["reading"]["format"], mapping: unknown): ImportSource | null {
  try {
    return sourceOf({ format, ...(mapping === null ? {} : { mapping: JSON.stringify(mapping) }) });
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function again(project: Asked, name: string, together: AnswersTogether | null): AskedOfRows | null {
  const isKnown = isBroughtName(name) || project.questionnaires.some((one) => one.name === name);
  if (!isKnown) return null;
  return { name, ...shownBy(project, name, true), ...(together ? { together } : {}) };
}
