import { createHash } from "node:crypto";
import type { Message } from "@touchstone/contracts";
import { bytePairFiles } from "./byte-pair-files.ts";
import { readTurns } from "./read-turns.ts";
import { firstByte, firstMerge, special } from "./special-tokens.ts";
import { splitWords } from "./split-words.ts";
import type { Tokenizer } from "./tokenizer.ts";
import { type Merge, mergePair } from "./train-bpe.ts";

/** A byte-level BPE of ours: special tokens, the 256 bytes, then merges in the order they were learned. */
export interface BytePairTokenizer extends Tokenizer {
  readonly merges: readonly Merge[];
}

/** Words are cached, since text repeats them; the bound keeps a long-lived worker's memory flat. */
const cacheLimit = 50_000;

/** A byte-level BPE from its merges. @throws RangeError if a merge joins a piece that does not exist yet */
export function openTokenizer(merges: readonly Merge[]): BytePairTokenizer {
  const pieces: Uint8Array[] = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  const ranks = new Map<number, number>();
  for (const [rank, [left, right]] of merges.entries()) {
    const first = pieces[left - firstByte];
    const second = pieces[right - firstByte];
    if (!first || !second) throw new RangeError(`merge ${rank} joins a piece that does not exist`);
    pieces.push(Uint8Array.of(...first, ...second));
    ranks.set(left * 65_536 + right, rank);
  }
  const encoder = new TextEncoder();
  const cache = new Map<string, readonly number[]>();

  function encodeWord(word: string): readonly number[] {
    const known = cache.get(word);
    if (known) return known;
    let ids = Array.from(encoder.encode(word), (byte) => firstByte + byte);
    for (let rank = lowestRank(ids, ranks); rank !== undefined; rank = lowestRank(ids, ranks)) {
      const merge = merges[rank];
      if (merge) ids = mergePair(ids, merge, firstMerge + rank);
    }
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(word, ids);
    return ids;
  }

  const encode = (text: string) => splitWords(text).flatMap(encodeWord);
  const decode = (ids: Iterable<number>) => {
    // `stream` holds back an unfinished last character, which is exactly what is to be left out.
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    let text = "";
    for (const id of ids) {
      const piece = pieces[id - firstByte];
      if (piece) text += decoder.decode(piece, { stream: true });
    }
    return text;
  };
  let files: ReadonlyMap<string, Uint8Array> | undefined;
  let sha256: string | undefined;

  return {
    vocab: firstMerge + merges.length,
    merges,
    special,
    ends: [special.eos],
    get files() {
      files ??= bytePairFiles(merges);
      return files;
    },
    get sha256() {
      // Of tokenizer.json alone: the other file says the same of every tokenizer of this kind.
      sha256 ??= createHash("sha256")
        .update(this.files.get("tokenizer.json") ?? "")
        .digest("hex");
      return sha256;
    },
    encode,
    decode,
    /**
     * `<|bos|> (<|system|> …)? (<|user|> …  <|assistant|> … <|eos|>)* <|user|> … <|assistant|>`: earlier answers keep the
     * end-of-sequence that they were trained with.
     */
    encodePrompt(messages: readonly Message[]) {
      const turns = readTurns(messages).flatMap(({ role, content }) => [
        special[role],
        ...encode(content),
        ...(role === "assistant" ? [special.eos] : []),
      ]);
      return [special.bos, ...turns, special.assistant];
    },
    encodeAnswer: (text) => [...encode(text), special.eos],
    decodeAnswer: decode,
  };
}

/** The earliest-learned merge that applies anywhere in the word. */
function lowestRank(ids: readonly number[], ranks: ReadonlyMap<number, number>): number | undefined {
  let lowest: number | undefined;
  for (let i = 0; i + 1 < ids.length; i++) {
    const rank = ranks.get((ids[i] ?? 0) * 65_536 + (ids[i + 1] ?? 0));
    if (rank !== undefined && (lowest === undefined || rank < lowest)) lowest = rank;
  }
  return lowest;
}
