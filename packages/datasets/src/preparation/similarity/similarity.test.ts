import { describe, expect, it } from "vitest";
import { bandingFor, estimatedJaccard, minhash } from "./minhash.ts";
import { jaccard, mix, shinglesOf } from "./shingles.ts";
import { SimilarityIndex } from "./similarity-index.ts";
import { tokensOf } from "./tokens.ts";

const set = (from: number, to: number) =>
  Uint32Array.from({ length: to - from }, (_, index) => mix(from + index)).sort();

describe("what texts are compared by", () => {
  it("is words of spaced scripts and characters of others, without case, width and punctuation", () => {
    expect(tokensOf("Don't PANIC: 42, ok?")).toEqual(["don", "t", "panic", "42", "ok"]);
    expect(tokensOf("请用Python写程序，谢谢！")).toEqual(["请", "用", "python", "写", "程", "序", "谢", "谢"]);
    expect(tokensOf("Ｐｙｔｈｏｎ\u200b３")).toEqual(["python3"]);
    expect(tokensOf("今日はThai ไทย")).toEqual(["今", "日", "は", "thai", "ไ", "ท", "ย"]);
    expect(tokensOf("😀!")).toEqual(["😀!"]);
  });

  it("is the set of their shingles: runs of three tokens, each once", () => {
    expect(shinglesOf("a b c d", 3)).toHaveLength(2);
    expect(shinglesOf("a b a b a b", 2)).toHaveLength(2);
    expect(shinglesOf("a b", 3)).toHaveLength(1);
    expect(shinglesOf("我爱北京天安门", 3)).toHaveLength(5);
    const shingles = shinglesOf("the quick brown fox jumps over the lazy dog", 3);
    expect(shingles).toEqual(shingles.toSorted());
  });

  it("has the Jaccard similarity of the definition", () => {
    // {abc, bcd, cde} and {abc, bcd, cdx} share two of four.
    expect(jaccard(shinglesOf("a b c d e", 3), shinglesOf("a b c d x", 3))).toBe(1 / 2);
    expect(jaccard(shinglesOf("我爱北京天安门", 3), shinglesOf("我爱北京天安们", 3))).toBe(4 / 6);
    expect(jaccard(set(0, 80), set(20, 100))).toBe(0.6);
    expect(jaccard(shinglesOf("A b, c!", 3), shinglesOf("a B c", 3))).toBe(1);
    expect(jaccard(shinglesOf("a b c", 3, 1), shinglesOf("a b c", 3, 2))).toBe(0);
    expect(jaccard(shinglesOf("", 3, 1), shinglesOf("", 3, 2))).toBe(0);
  });
});

describe("MinHash", () => {
  it.each([0.2, 0.5, 0.8])("estimates a similarity of %f without bias, within its standard error", (similarity) => {
    const [hashes, pairs, size] = [128, 200, 300];
    const shared = Math.round((2 * size * similarity) / (1 + similarity));
    const errors = Array.from({ length: pairs }, (_, pair) => {
      const start = pair * 10_000;
      const [a, b] = [set(start, start + size), set(start + size - shared, start + 2 * size - shared)];
      return estimatedJaccard(minhash(a, hashes), minhash(b, hashes)) - jaccard(a, b);
    });
    const deviation = Math.sqrt((similarity * (1 - similarity)) / hashes);
    const mean = errors.reduce((sum, error) => sum + error, 0) / pairs;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / pairs);
    // Four standard errors of the mean; the spread's own relative error is about 1/√(2·200), 5 %.
    expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(pairs));
    expect(spread / deviation).toBeGreaterThan(0.8);
    expect(spread / deviation).toBeLessThan(1.2);
  });

  it("has the signature it always had, since clusters follow from it", () => {
    // By the same definition in another language.
    expect([...minhash(shinglesOf("a touchstone tells gold from brass", 3), 3)]).toEqual([
      834049408, 1306489559, 627396375,
    ]);
  });

  it("cuts signatures into the longest bands that miss one pair in ten thousand at the threshold", () => {
    expect(bandingFor(0.8, 128)).toEqual({ bands: 25, rows: 5, missed: (1 - 0.8 ** 5) ** 25 });
    expect(bandingFor(0.5, 128)).toMatchObject({ bands: 64, rows: 2 });
    expect(bandingFor(1, 128)).toEqual({ bands: 1, rows: 128, missed: 0 });
    expect(bandingFor(0.01, 16)).toMatchObject({ bands: 16, rows: 1 });
  });
});

describe("the index of similar entries", () => {
  it("finds all pairs that comparing everything with everything finds, and no other", () => {
    const words = (index: number) => {
      const text = Array.from({ length: 30 }, (_, place) => `w${mix(Math.floor(index / 4) * 100 + place) % 5_000}`);
      // Four of a family differ in one word each.
      text[7 * (index % 4)] = `own${index}`;
      return text.join(" ");
    };
    const entries = Array.from({ length: 1_500 }, (_, index) => [shinglesOf(words(index), 3)]);
    const index = new SimilarityIndex(0.7, 128);
    const found = new Set<string>();
    const expected = new Set<string>();
    for (const [number, parts] of entries.entries()) {
      const keys = index.keysOf(parts);
      for (const { entry } of index.similar(parts, keys)) found.add(`${entry} ${number}`);
      expect(index.add(parts, keys)).toBe(number);
    }
    for (const [i, [a]] of entries.entries()) {
      for (const [j, [b]] of entries.slice(0, i).entries())
        if (a && b && jaccard(a, b) >= 0.7) expected.add(`${j} ${i}`);
    }
    expect(expected.size).toBeGreaterThan(500);
    expect(found).toEqual(expected);
  });

  it("wants every part alike: a long prompt in common makes no repeat of two short answers", () => {
    const index = new SimilarityIndex(0.8, 128);
    const prompt = shinglesOf(Array.from({ length: 200 }, (_, place) => `word${place}`).join(" "), 3);
    const [yes, no] = [shinglesOf("yes it is", 3), shinglesOf("no it isn't", 3)];
    index.add([prompt, yes], index.keysOf([prompt, yes]));
    expect([...index.similar([prompt, no], index.keysOf([prompt, no]))]).toEqual([]);
    expect([...index.similar([yes, prompt], index.keysOf([yes, prompt]))]).toEqual([]);
    expect([...index.similar([prompt, yes], index.keysOf([prompt, yes]))]).toEqual([{ entry: 0, similarity: 1 }]);
  });
});
