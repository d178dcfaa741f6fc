import { Split } from "@touchstone/contracts";
import { z } from "zod";
import type { ImportRow, VoteOrigin } from "../import-row.ts";
import { optionalName, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";

/** The columns that every format reads beside its own: where a row stands, and where it came from. */
export const originColumns = [
  ...["external_id", "gold", "cluster", "split", "language", "source_text", "sensitive", "prompt_id", "label_id"],
  ...["annotator_hash", "annotator", "comment", "flagged", "created_at"],
] as const;

/** Whether this is a row of one of our own exports: it names a label or a prompt by the ids that we give. */
export function isOwnExport(value: JsonRow["value"]): boolean {
  const isId = (id: unknown) => z.uuid().safeParse(id).success;
  const isLabel = isId(value.label_id) && /^[0-9a-f]{16}$/.test(String(value.annotator_hash));
  return isId(value.prompt_id) && (isLabel || Array.isArray(value.messages));
}

/** What a row says of its item, in whatever format; null is the same as absent. */
export function itemOf({ line, value }: JsonRow) {
  return {
    itemId: optionalName(value.external_id, line, "external_id"),
    gold: isAbsent(value.gold) ? null : textOf(value.gold, line, "gold"),
    cluster: optionalName(value.cluster, line, "cluster"),
    split: splitOf({ line, value }),
    language: optionalName(value.language, line, "language"),
    sourceText: isAbsent(value.source_text) ? null : textOf(value.source_text, line, "source_text"),
    ...sensitiveOf(value.sensitive, line, "sensitive"),
    promptId: optionalName(value.prompt_id, line, "prompt_id"),
  } satisfies Partial<ImportRow>;
}

/** What a row says of its one vote beside the vote itself. */
export function voteDetails({ line, value }: JsonRow): {
  comment: string;
  flagged: boolean;
  origin: VoteOrigin;
} {
  return {
    comment: isAbsent(value.comment) ? "" : textOf(value.comment, line, "comment"),
    flagged: value.flagged === true || value.flagged === "true",
    origin: {
      labelId: optionalName(value.label_id, line, "label_id"),
      annotator: optionalName(value.annotator_hash, line, "annotator_hash"),
      createdAt: timeOf({ line, value }),
      margin: null,
      timings: null,
    },
  };
}

export function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** @throws DomainError invalid_line: a row of a published test set must not slip into training. */
function splitOf({ line, value }: JsonRow): Split | null {
  if (isAbsent(value.split)) return null;
  const split = Split.safeParse(value.split);
  if (split.success) return split.data;
  throw lineProblem(line, "split", "unknownSplit", { splits: Split.options.join(", ") });
}

/**
 * Whether a row's prompt is marked as sensitive; the cells of a table are text.
 *
 * @throws DomainError invalid_line: a mark that was misread would show what somebody wanted blurred.
 */
export function sensitiveOf(said: unknown, line: number, field: string): { readonly sensitive?: boolean } {
  if (isAbsent(said) || said === "") return {};
  const text = String(said).trim().toLowerCase();
  if (typeof said === "boolean" || text === "true" || text === "false") return { sensitive: text === "true" };
  throw lineProblem(line, field, "notBooleanOptional");
}

function timeOf({ line, value }: JsonRow): string | null {
  const given = optionalName(value.created_at, line, "created_at");
  if (given === null) return null;
  const time = new Date(given);
  if (!Number.isNaN(time.valueOf())) return time.toISOString();
  throw lineProblem(line, "created_at", "notTime");
}
