/** How SentencePiece writes a space. */
export const writtenSpace = "\u2581";

export interface SentencePieces {
  /** Id of every piece: characters and their merges, bytes as <0x00> … <0xFF>, and special tokens. */
  readonly ids: ReadonlyMap<string, number>;
  readonly merges: readonly (readonly [left: string, right: string])[];
  /** Tokens that stand for themselves wherever a text spells them, by their ids; special ones mark places and are no text. */
  readonly added: readonly { readonly content: string; readonly id: number; readonly special: boolean }[];
  readonly names: { readonly bos?: string | undefined; readonly eos: string; readonly unk?: string | undefined };
  /** Whether a text begins with a space that it does not have. */
  readonly prefixed: boolean;
  /** Whether a sequence begins with bos. */
  readonly begun: boolean;
}

/**
 * A SentencePiece BPE with byte fallback joins characters as long as any two neighbours are a piece together, the best score
 * first. So every split of a piece into two pieces is a merge, ranked by the piece's score.
 *
 * @param scores by the pieces that characters and merges are, without bytes and special tokens
 * @returns nothing where two merged pieces have the same score: which goes first then depends on the text, and no list can say it
 */
export function mergesByScore(scores: ReadonlyMap<string, number>): [string, string][] | undefined {
  const joined = [...scores].flatMap(([piece, score]) => {
    const characters = Array.from(piece);
    return characters.length < 2 ? [] : [{ characters, score }];
  });
  if (new Set(joined.map(({ score }) => score)).size < joined.length) return undefined;
  joined.sort((a, b) => b.score - a.score);
  return joined.flatMap(({ characters }) =>
    characters.slice(1).flatMap((_, at): [string, string][] => {
      const [left, right] = [characters.slice(0, at + 1).join(""), characters.slice(at + 1).join("")];
      return scores.has(left) && scores.has(right) ? [[left, right]] : [];
    }),
  );
}

/** As Hugging Face's tokenizer.json says it, which its libraries read as well as we do. */
export function sentencePieceJson({ ids, merges, added, names, prefixed, begun }: SentencePieces): object {
  const { bos } = names;
  const begins = begun && bos !== undefined ? bos : undefined;
  const sequence = (id: "A" | "B", type_id: number) => [
    ...(begins === undefined ? [] : [{ SpecialToken: { id: begins, type_id } }]),
    { Sequence: { id, type_id } },
  ];
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: added.map(({ id, content, special }) => ({
      ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special },
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [
        ...(prefixed ? [{ type: "Prepend", prepend: writtenSpace }] : []),
        { type: "Replace", pattern: { String: " " }, content: writtenSpace },
      ],
    },
    pre_tokenizer: null,
    post_processor: {
      type: "TemplateProcessing",
      single: sequence("A", 0),
      pair: [...sequence("A", 0), ...sequence("B", 1)],
      special_tokens:
        begins === undefined ? {} : { [begins]: { id: begins, ids: [ids.get(begins)], tokens: [begins] } },
    },
    decoder: {
      type: "Sequence",
      decoders: [
        { type: "Replace", pattern: { String: writtenSpace }, content: " " },
        { type: "ByteFallback" },
        { type: "Fuse" },
        ...(prefixed ? [{ type: "Strip", content: " ", start: 1, stop: 0 }] : []),
      ],
    },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: names.unk ?? null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(ids),
      merges,
    },
  };
}

/** How SentencePiece calls a byte that is a piece. */
export function byteName(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
}
