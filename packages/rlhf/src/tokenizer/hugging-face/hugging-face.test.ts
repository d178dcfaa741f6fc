import type { Message } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTokenizer } from "../byte-pair.ts";
import { readTokenizer } from "../read-tokenizer.ts";
import { specialTokens } from "../special-tokens.ts";
import { trainBpe } from "../train-bpe.ts";
import { specialText } from "./special-spelling.ts";

const ours = openTokenizer(trainBpe(["the cat sat on the mat", "user assistant 猫坐在垫子上。 <|im_end|> the"], 330));

/** Six tokens of ChatML's in the place of ours; everybody may spell `<think>`. */
const chatTokens = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "<s>", "</s>"];
const [end, begin, stop, think] = [0, 1, 2, 3];
const chatTemplate = [
  "{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}",
  "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}",
].join("");
const names = { bos_token: "<|im_start|>", eos_token: "<|im_end|>", pad_token: { content: "<|endoftext|>" } };

const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
const text = (file: Uint8Array | undefined) => new TextDecoder().decode(file);

/** The same merges under the other special tokens, as tokenizer.json says it. */
function tokenizerJson(): Record<string, unknown> {
  let json = text(ours.files.get("tokenizer.json"));
  for (const [id, name] of specialTokens.entries()) json = json.replaceAll(`"${name}"`, `"${chatTokens[id]}"`);
  const parsed = JSON.parse(json);
  parsed.added_tokens[think].special = false;
  return parsed;
}
const open = (json: object, config: object) =>
  readTokenizer(
    new Map([
      ["tokenizer.json", bytes(json)],
      ["tokenizer_config.json", bytes(config)],
    ]),
  );
const chat = open(tokenizerJson(), { ...names, chat_template: chatTemplate });
const user = (content: string): Message[] => [{ role: "user", content }];

/** Texts that try: pieces of special tokens in any order, between words. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(...chatTokens, "<|", "|>", "<", ">", "<|im_", "start|>", "end|>", "\ufdd0", "\ufdd1", "1", "2"),
      fc.string({ unit: "grapheme", maxLength: 4 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

describe("a tokenizer of others", () => {
  test("splits any text as our own reader of the same merges does, and gives it back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (content) => {
        expect(chat.encode(content)).toEqual(ours.encode(content));
        expect(chat.decode(chat.encode(content))).toBe(content.replace(/\ufffd$/, ""));
      }),
    );
    expect(chat.encode("the cat").length).toBeLessThan(5);
  });

  test("says which tokens begin, end and pad; one that is something else too pads nothing", () => {
    expect(chat).toMatchObject({ vocab: ours.vocab, special: { bos: begin, eos: stop, pad: end }, ends: [stop] });
    const gpt2 = open(tokenizerJson(), {
      bos_token: "<|endoftext|>",
      eos_token: "<|endoftext|>",
      pad_token: "<|endoftext|>",
    });
    expect(gpt2).toMatchObject({ special: { bos: end, eos: end, pad: undefined }, ends: [end] });
  });

  test("no content spells a special token; what is no special token stays one piece", () => {
    fc.assert(
      fc.property(hostile, (content) => {
        const ids = chat.encode(content);
        expect(ids.filter((id) => id < 6 && id !== think)).toEqual([]);
        expect(chat.decode(ids)).toBe(content.replace(/[\ufdd0\ufdd1]/g, "\ufffd").replace(/\ufffd$/, ""));
      }),
    );
    expect(chat.encode("<think>")).toEqual([think]);
    expect(chat.encode("<|im_end|>")).toEqual(ours.encode("<|im_end|>"));
  });

  test("a character cut in half is left out, broken bytes and unknown ids do no harm", () => {
    const ids = ours.encode("好");
    expect(chat.decode([...ids, ...ids.slice(0, 1)])).toBe("好");
    expect(chat.decode([6 + 0xff, 6 + 65, 99_999, -1, stop])).toBe("\ufffdA");
    expect(chat.decode([])).toBe("");
  });
});

describe("a chat template of others", () => {
  test("writes the conversation, its special tokens as single ids", () => {
    const prompt = chat.encodePrompt([{ role: "system", content: "the" }, ...user("hi")]);
    const line = ours.encode("\n");
    expect(prompt).toEqual([
      ...[begin, ...ours.encode("system\nthe"), stop, ...line],
      ...[begin, ...ours.encode("user\nhi"), stop, ...line],
      ...[begin, ...ours.encode("assistant\n")],
    ]);
    expect(chat.encodeAnswer("hi")).toEqual([...ours.encode("hi"), stop]);
  });

  test("no content forges a turn, alone or together with what stands around it", () => {
    fc.assert(
      fc.property(hostile, (content) => {
        const ids = chat.encodePrompt(user(content));
        expect(ids.filter((id) => id < 6 && id !== think)).toEqual([begin, stop, begin]);
        const said = content.replace(/[\ufdd0\ufdd1]/g, "\ufffd");
        expect(chat.decode(ids)).toBe(`user\n${said}\nassistant\n`);
      }),
    );
    const touching = "{{ messages[0].content + '_end|>' + '<|im_end|>' }}";
    const glued = open(tokenizerJson(), { ...names, chat_template: touching });
    expect(glued.encodePrompt(user("x<|im"))).toEqual([...ours.encode("x<|im_end|>"), stop]);
  });

  test("overlapping special tokens are broken up one after the other", () => {
    const special = specialText(new Map([["aba", 7]]));
    expect(special.fenced(special.harmless("ababa"))).toBe("ababa");
    expect(special.fenced("x aba")).toBe("x \ufdd07\ufdd0");
  });

  test("what it puts around an answer belongs to the answer's ids and not to its text; its own end counts", () => {
    const spaced = chatTemplate.replace(
      "message.content",
      "(' ' if message.role == 'assistant' else '') + message.content",
    );
    const inLlamaStyle = spaced.replace("'<|im_end|>'", "' </s>'");
    const tokenizer = open(tokenizerJson(), { ...names, chat_template: inLlamaStyle });
    const [, , , , , turnEnd] = chatTokens.keys();
    expect(tokenizer).toMatchObject({ special: { eos: turnEnd }, ends: [turnEnd, stop] });
    expect(tokenizer.encodeAnswer("hi")).toEqual([...ours.encode(" hi "), turnEnd]);
    expect(tokenizer.decodeAnswer(tokenizer.encodeAnswer("hi"))).toBe("hi");
    // A policy that has not learned the template says something else, and it is shown as it is.
    expect(tokenizer.decodeAnswer(ours.encode("hi"))).toBe("hi");
  });

  test("one that refuses a conversation says why, and one that is broken is refused", () => {
    const strict = "{% if messages[0].role == 'system' %}{{ raise_exception('no system role') }}{% endif %}x";
    const tokenizer = open(tokenizerJson(), { ...names, chat_template: strict });
    expect(() => tokenizer.encodePrompt([{ role: "system", content: "x" }])).toThrow(
      expect.objectContaining({ code: "bad_model_files", message: expect.stringContaining("no system role") }),
    );
    for (const template of ["{% if %}", "{{ messages[0].content.nothing() }}", "{% for x in"]) {
      expect(() => open(tokenizerJson(), { ...names, chat_template: template })).toThrow(
        expect.objectContaining({ code: "bad_model_files" }),
      );
    }
  });
});

describe("a model without a template", () => {
  const plain = open(tokenizerJson(), { bos_token: "<s>", eos_token: "</s>" });

  test("goes on from the prompt's text", () => {
    expect(plain.encodePrompt(user("the cat"))).toEqual([4, ...ours.encode("the cat")]);
    expect(plain.encodePrompt([{ role: "system", content: "a" }, ...user("b")])).toEqual([4, ...ours.encode("a\nb")]);
    expect(plain.encodeAnswer(" sat")).toEqual([...ours.encode(" sat"), 5]);
    expect(plain.decodeAnswer(plain.encodeAnswer(" sat"))).toBe(" sat");
  });

  test("tokenizers that put a space before a text put none between a prompt and its answer", () => {
    const vocab = Object.fromEntries(["<s>", "</s>", "▁", "a", "b", "▁a", "▁b"].map((piece, id) => [piece, id]));
    const merges = [
      ["▁", "a"],
      ["▁", "b"],
    ];
    const json = {
      added_tokens: [
        { id: 0, content: "<s>", special: true },
        { id: 1, content: "</s>", special: true },
      ],
      pre_tokenizer: { type: "Metaspace", replacement: "▁", prepend_scheme: "first", split: false },
      decoder: { type: "Metaspace", replacement: "▁", prepend_scheme: "first" },
      model: { type: "BPE", vocab, merges },
    };
    const tokenizer = open(json, { bos_token: "<s>", eos_token: "</s>" });
    expect(tokenizer.encode("ab")).toEqual([5, 4]);
    expect(tokenizer.decode([5, 4])).toBe("ab");
    expect(tokenizer.encodeAnswer("ab")).toEqual([3, 4, 1]);
    expect(tokenizer.encodeAnswer(" ab")).toEqual([5, 4, 1]);
    expect(tokenizer.decodeAnswer([5, 4, 1])).toBe(" ab");
  });
});

describe("the files", () => {
  test("are kept as they are, and are the tokenizer's identity together", () => {
    const again = readTokenizer(chat.files);
    expect(again.sha256).toBe(chat.sha256);
    expect(open(tokenizerJson(), { ...names, chat_template: `${chatTemplate} ` }).sha256).not.toBe(chat.sha256);
    const apart = new Map([...chat.files, ["chat_template.jinja", new TextEncoder().encode("{{ bos_token }}")]]);
    expect(readTokenizer(apart).encodePrompt(user("x"))).toEqual([begin]);
    expect([...readTokenizer(apart).files.keys()]).toContain("chat_template.jinja");
  });

  test("of ours are known however others write them down, and are anybody's with another template", () => {
    const json = JSON.parse(text(ours.files.get("tokenizer.json")));
    const config = JSON.parse(text(ours.files.get("tokenizer_config.json")));
    const written = new Map([["tokenizer.json", new TextEncoder().encode(JSON.stringify(json, null, 2))]]);
    expect(readTokenizer(written).sha256).toBe(ours.sha256);
    const other = open(json, { ...config, chat_template: "{{ messages[0].content }}" });
    expect(other.encodePrompt(user("the cat"))).toEqual(ours.encode("the cat"));
    // Their reader of our template writes what ours does.
    const read = open(json, { ...config, chat_template: `${config.chat_template}{# ours #}` });
    const messages: Message[] = [...user("the"), { role: "assistant", content: "cat" }, ...user("<|eos|>")];
    expect(read.encodePrompt(messages)).toEqual(ours.encodePrompt(messages));
    expect(read.encodeAnswer("mat")).toEqual(ours.encodeAnswer("mat"));
  });

  test("saved again by a library are the same tokenizer: other keys, orders and spellings mean nothing", () => {
    const again = tokenizerJson();
    const { vocab, merges, ...rest } = again.model as { vocab: Record<string, number>; merges: [string, string][] };
    const saved = {
      ...again,
      version: "9.9",
      truncation: null,
      post_processor: null,
      model: {
        ...rest,
        merges: merges.map((merge) => [merge].flat().join(" ")),
        vocab: Object.fromEntries(Object.entries(vocab).reverse()),
      },
    };
    const config = { ...names, chat_template: chatTemplate, is_local: true, local_files_only: true };
    expect(open(saved, config).sha256).toBe(chat.sha256);
    expect(open(saved, { ...config, pad_token: undefined }).sha256).not.toBe(chat.sha256);
    const other = { ...saved, model: { ...saved.model, merges: saved.model.merges.slice(0, -1) } };
    expect(open(other, config).sha256).not.toBe(chat.sha256);
  });

  test("may name the end of a text in special_tokens_map.json, by its id in config.json, or in generation_config.json", () => {
    const bare = bytes({ model_max_length: 1024, chat_template: chatTemplate });
    const base: [string, Uint8Array][] = [
      ["tokenizer.json", bytes(tokenizerJson())],
      ["tokenizer_config.json", bare],
    ];
    const map = readTokenizer(new Map([...base, ["special_tokens_map.json", bytes(names)]]));
    expect(map).toMatchObject({ special: { bos: begin, eos: stop }, sha256: chat.sha256 });
    expect([...map.files.keys()]).toContain("special_tokens_map.json");
    const byId = new Map([...base, ["config.json", bytes({ eos_token_id: stop, bos_token_id: begin })]]);
    expect(readTokenizer(byId)).toMatchObject({ special: { bos: begin, eos: stop }, ends: [stop] });
    const several = new Map([...byId, ["generation_config.json", bytes({ eos_token_id: [stop, 5, 99_999] })]]);
    expect(readTokenizer(several).ends).toEqual([stop, 5]);
  });

  const json = tokenizerJson();
  const model = { type: "BPE", vocab: { a: 0 }, merges: [] };
  test.each<[string, object | string, object | string, RegExp]>([
    ["no JSON", "{", names, /tokenizer\.json can't be used/],
    ["no UTF-8", "\xff", names, /tokenizer\.json/],
    ["too large", " ".repeat(32 * 2 ** 20 + 1), names, /larger than/],
    [
      "of a kind that is not read",
      { ...json, model: { ...model, type: "WordLevel" } },
      names,
      /neither BPE nor Unigram/,
    ],
    ["with ids beyond reason", { ...json, model: { ...model, vocab: { a: 2 ** 40 } } }, names, /tokenizer\.json/],
    ["with ids that are none", { ...json, model: { ...model, vocab: { a: -1 } } }, names, /tokenizer\.json/],
    ["with parts nobody knows", { ...json, normalizer: { type: "Shuffle" } }, names, /Shuffle/],
    ["with a pattern that is none", withPattern("(["), names, /tokenizer\.json/],
    ["without an end", json, {}, /names no eos_token/],
    ["with an end that is no piece", json, { eos_token: "<end>" }, /“<end>” is no piece/],
    ["with settings that are no JSON", json, "nothing", /tokenizer_config\.json can't be used/],
    ["with a template that is none", json, { ...names, chat_template: 7 }, /tokenizer_config\.json/],
  ])("are refused when they are %s", (_, tokenizer, config, why) => {
    const file = (content: object | string) =>
      typeof content === "string" ? Buffer.from(content, "latin1") : bytes(content);
    const files = new Map([
      ["tokenizer.json", file(tokenizer)],
      ["tokenizer_config.json", file(config)],
    ]);
    expect(() => readTokenizer(files)).toThrow(
      expect.objectContaining({ code: "bad_model_files", message: expect.stringMatching(why) }),
    );
  });
});

function withPattern(Regex: string): object {
  return {
    ...tokenizerJson(),
    pre_tokenizer: { type: "Split", pattern: { Regex }, behavior: "Isolated", invert: false },
  };
}
