/** What a row came with, so that it goes out as it came in; packages/persistence reads it beside each judgement. */
export interface RowContext {
  readonly externalId: string | null;
  readonly gold: string | null;
  /** Columns of its file that were kept beside it; absent where none were. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Null where the prompt is a cluster of its own. */
  readonly cluster: string | null;
  readonly language: string | null;
  readonly sourceText: string | null;
  /** Whether its prompt is marked as sensitive. */
  readonly sensitive?: boolean;
  /** By the completion's id. */
  readonly completions: ReadonlyMap<string, CompletionContext>;
  readonly exportedPromptId: string | null;
  readonly vote: VoteContext;
}

export interface CompletionContext {
  /** The id that its file gave it. */
  readonly externalId: string | null;
  readonly model: string | null;
  /** Its id in the export that it came from. */
  readonly exportedId: string | null;
  /** The document of ATIF that it was taken from; absent of all others. */
  readonly trajectory?: unknown;
}

export interface VoteContext {
  readonly comment: string;
  readonly flagged: boolean;
  readonly createdAt: string;
  readonly labelId: string | null;
  readonly annotator: string | null;
  readonly margin: number | null;
  readonly timings: unknown;
}

type ItemContext = Pick<
  RowContext,
  "externalId" | "gold" | "metadata" | "cluster" | "language" | "sourceText" | "sensitive"
>;

/**
 * Columns about the item, the same in every format; `sensitive` stands only where it is true, and `metadata` where there is
 * some. Metadata is the text of its JSON: loaders of tables want one type a column, and files say what they like.
 */
export function itemColumns(context: ItemContext) {
  const { metadata, sensitive } = context;
  return {
    ...plainColumns(context),
    ...(sensitive ? { sensitive } : {}),
    ...(metadata === undefined ? {} : { metadata: JSON.stringify(metadata) }),
  };
}

/** Those that every row has. */
export function plainColumns({ externalId, gold, cluster, language, sourceText }: ItemContext) {
  return { external_id: externalId, gold, cluster, language, source_text: sourceText };
}

/** What both say of an item that several tasks are of; of what they say differently nothing. */
export function agreedContext(one: RowContext, other: RowContext): RowContext {
  const { metadata, ...rest } = one;
  const same = metadata !== undefined && JSON.stringify(metadata) === JSON.stringify(other.metadata);
  return {
    ...rest,
    externalId: one.externalId === other.externalId ? one.externalId : null,
    gold: one.gold === other.gold ? one.gold : null,
    ...(same ? { metadata } : {}),
  };
}

/** Columns about the vote beside the vote itself. */
export function voteColumns({ vote }: RowContext) {
  return { comment: vote.comment, flagged: vote.flagged, created_at: vote.createdAt };
}
