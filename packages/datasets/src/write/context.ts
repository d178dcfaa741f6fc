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

/**
 * What several tasks say of their items, where one row is of them all: what those agree on that say anything (a pair of an
 * evaluation says nothing), and of what they say differently nothing.
 */
export class AgreedItem {
  readonly #first: RowContext;
  readonly #ids = new Set<string>();
  readonly #golds = new Set<string>();
  /** By their JSON. */
  readonly #kept = new Map<string, NonNullable<RowContext["metadata"]>>();

  constructor(first: RowContext) {
    this.#first = first;
    this.add(first);
  }

  add({ externalId, gold, metadata }: RowContext): void {
    if (externalId !== null) this.#ids.add(externalId);
    if (gold !== null) this.#golds.add(gold);
    if (metadata !== undefined) this.#kept.set(JSON.stringify(metadata), metadata);
  }

  /** That of the first, with what all agree on. */
  context(): RowContext {
    const { metadata: _its, ...rest } = this.#first;
    const metadata = onlyOne(this.#kept.values());
    return {
      ...rest,
      externalId: onlyOne(this.#ids) ?? null,
      gold: onlyOne(this.#golds) ?? null,
      ...(metadata === undefined ? {} : { metadata }),
    };
  }
}

function onlyOne<T>(values: Iterable<T>): T | undefined {
  const [one, ...more] = values;
  return more.length === 0 ? one : undefined;
}

/** Columns about the vote beside the vote itself. */
export function voteColumns({ vote }: RowContext) {
  return { comment: vote.comment, flagged: vote.flagged, created_at: vote.createdAt };
}
