import { type MediaRef, MediaRefs } from "@touchstone/contracts";
import type { Split } from "@touchstone/labeling";
import { z } from "zod";
import { isPseudonym } from "./pseudonym.ts";

/** What a judgement's file said of its item, answers and vote: an export brings it out as it came in. */
export interface RowContext {
  readonly externalId: string | null;
  readonly gold: string | null;
  /** Columns of its file that were kept beside it; absent where none were. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Null where the prompt is a cluster of its own. */
  readonly cluster: string | null;
  readonly language: string | null;
  readonly sourceText: string | null;
  readonly sensitive: boolean;
  readonly exportedPromptId: string | null;
  readonly completions: ReadonlyMap<string, ReturnType<typeof completionContext>>;
  readonly vote: ReturnType<typeof voteContext>;
}

export interface PromptRow {
  id: string;
  messages: unknown;
  split: Split;
  cluster: string | null;
  language: string | null;
  sourceText: string | null;
  sensitive: boolean;
  metadata: unknown;
}

export interface CompletionRow {
  id: string;
  text: string | null;
  media: unknown;
  key: string;
  metadata: unknown;
}

export const Gold = z.object({ gold: z.string().optional() });
/** Columns of the file that were kept beside the item, by their paths. */
const KeptColumns = z.object({ row: z.record(z.string(), z.unknown()).optional() });
const PromptMetadata = z.object({ promptId: z.string().optional() });
const CompletionMetadata = z.object({
  model: z.string().optional(),
  exportedId: z.string().optional(),
  /** The document of ATIF that it was taken from. */
  trajectory: z.unknown().optional(),
});
const Origin = z.object({
  labelId: z.string().nullable(),
  annotator: z.string().nullable(),
  createdAt: z.string().nullable(),
  margin: z.number().nullable(),
  timings: z.unknown(),
});

/** What of a task's metadata are columns that were kept; nothing where none were. */
export function keptOf(metadata: unknown): Pick<RowContext, "metadata"> {
  const { row } = KeptColumns.parse(metadata ?? {});
  return row === undefined ? {} : { metadata: row };
}

export function promptContext({ cluster, language, sourceText, sensitive, metadata }: Omit<PromptRow, "messages">) {
  const { promptId: exportedPromptId = null } = PromptMetadata.parse(metadata ?? {});
  return { cluster, language, sourceText, sensitive, exportedPromptId };
}

/** Pictures and sounds of an answer, as its row holds them; nothing where there are none. */
export function mediaOf(media: unknown): { media?: MediaRef[] } {
  return media === null || media === undefined ? {} : { media: MediaRefs.parse(media) };
}

/** A key of “id:…” holds the id that the file gave the answer. */
export function completionContext({ key, metadata }: Pick<CompletionRow, "key" | "metadata">) {
  const { model = null, exportedId = null, trajectory } = CompletionMetadata.parse(metadata ?? {});
  const said = { externalId: key.startsWith("id:") ? key.slice(3) : null, model, exportedId };
  return trajectory === undefined ? said : { ...said, trajectory };
}

export function voteContext(row: { comment: string; flagged: boolean; createdAt: Date; origin: unknown }) {
  const origin = row.origin === null ? null : Origin.parse(row.origin);
  const annotator = origin?.annotator ?? null;
  return {
    comment: row.comment,
    flagged: row.flagged,
    createdAt: origin?.createdAt ?? row.createdAt.toISOString(),
    labelId: origin?.labelId ?? null,
    annotator: annotator !== null && isPseudonym(annotator) ? annotator : null,
    margin: origin?.margin ?? null,
    timings: origin?.timings ?? null,
  };
}
