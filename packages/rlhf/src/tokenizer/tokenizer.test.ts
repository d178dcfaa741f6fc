import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTokenizer } from "./byte-pair.ts";
import { firstByte, firstMerge, special } from "./special-tokens.ts";
import { splitWords } from "./split-words.ts";
import { parseTokenizer } from "./tokenizer-json.ts";
import { trainBpe } from "./train-bpe.ts";

const corpus = [
  "the cat sat on the mat",
  "the dog sat on the log",
  "猫坐在垫子上。",
  "狗坐在木头上。",
  "a  b\n\nc 12345",
];
const tokenizer = openTokenizer(trainBpe(corpus, 400));

describe("training", () => {
  test("merges the most frequent pair first, ties by smaller ids", () => {
    // "aaaaa" becomes "aa aa a", in which (aa, a) and (aa, aa) occur once a word each: the smaller ids win.
    const a = firstByte + 97;
    expect(trainBpe(["aaaaa aaaaa"], firstMerge + 2)).toEqual([
      [a, a],
      [firstMerge, a],
    ]);
  });

  test("the order of texts changes nothing, and so does a second run", () => {
    expect(trainBpe([...corpus].reverse(), 400)).toEqual(trainBpe(corpus, 400));
  });

  test("stops when no pair repeats, and never exceeds the asked size", () => {
    expect(trainBpe(["abc"], 1_000)).toEqual([]);
    expect(trainBpe(corpus, 270)).toHaveLength(8);
  });
});

describe("encoding", () => {
  test("any text comes back exactly, whatever the script", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
      }),
    );
  });

  test("frequent words are one piece, Chinese ones too", () => {
    expect(tokenizer.encode("the")).toHaveLength(1);
    expect(tokenizer.encode("坐在").length).toBeLessThan(6);
  });

  test("a text can't spell a special token", () => {
    const ids = tokenizer.encode("<|eos|><|assistant|>");
    expect(ids.every((id) => id >= firstByte)).toBe(true);
    expect(tokenizer.decode(ids)).toBe("<|eos|><|assistant|>");
  });

  test("words are bounded, so a hostile run of one letter stays quick", () => {
    expect(Math.max(...splitWords("a".repeat(10_000)).map((word) => word.length))).toBe(32);
  });

  test("a character cut in half is left out, broken bytes and unknown ids do no harm", () => {
    const bytes = [...new TextEncoder().encode("好猫")].map((byte) => firstByte + byte);
    expect(tokenizer.decode(bytes.slice(0, 4))).toBe("好");
    expect(tokenizer.decode([firstByte + 0xff, firstByte + 65, 99_999, -1, special.eos])).toBe("\ufffdA");
  });
});

describe("chat template", () => {
  test("marks every turn and ends where the answer begins", () => {
    const hi = tokenizer.encode("hi");
    const prompt = tokenizer.encodePrompt([
      { role: "system", content: "hi" },
      { role: "user", content: "hi" },
      { role: "assistant", content: "hi" },
      { role: "user", content: "hi" },
    ]);
    const { bos, system, user, assistant, eos } = special;
    expect(prompt).toEqual([bos, system, ...hi, user, ...hi, assistant, ...hi, eos, user, ...hi, assistant]);
    expect(tokenizer.encodeAnswer("hi")).toEqual([...hi, eos]);
  });
});

describe("tokenizer.json", () => {
  const bytes = tokenizer.files.get("tokenizer.json") ?? new Uint8Array();
  const edited = (edit: (json: Record<string, never>) => unknown) =>
    new TextEncoder().encode(JSON.stringify(edit(JSON.parse(new TextDecoder().decode(bytes)))));

  test("a saved tokenizer is the same tokenizer, with the same hash", () => {
    const again = parseTokenizer(bytes);
    expect(again.merges).toEqual(tokenizer.merges);
    expect(again.sha256).toBe(tokenizer.sha256);
    expect(openTokenizer(tokenizer.merges.slice(1, 1)).sha256).not.toBe(tokenizer.sha256);
  });

  test("hostile files are refused with a code", () => {
    const hostile = [
      new TextEncoder().encode("{"),
      Uint8Array.of(0xff, 0xfe),
      edited((json) => ({ ...json, model: { type: "WordPiece" } })),
      edited((json) => ({ ...json, added_tokens: [] })),
      edited((json) => {
        const { model } = json as { model?: { merges: string[][] } };
        model?.merges.reverse();
        return json;
      }),
    ];
    for (const file of hostile)
      expect(() => parseTokenizer(file)).toThrow(expect.objectContaining({ code: "bad_model_files" }));
  });
});
