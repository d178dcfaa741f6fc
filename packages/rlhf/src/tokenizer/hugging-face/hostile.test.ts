import { describe, expect, it } from "vitest";
import { openTokenizer } from "../byte-pair.ts";
import { readTokenizer } from "../read-tokenizer.ts";
import { trainBpe } from "../train-bpe.ts";

const ours = openTokenizer(trainBpe(["a letter and another"], 280));
const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));

/** Our own file with a rule or a template of somebody else's, which makes it theirs. */
function opened(change: object, template: string) {
  const json = JSON.parse(new TextDecoder().decode(ours.files.get("tokenizer.json")));
  const [eos_token] = json.added_tokens.map(({ content }: { content: string }) => content);
  const files = new Map([
    ["tokenizer.json", bytes({ ...json, ...change })],
    ["tokenizer_config.json", bytes({ eos_token, chat_template: template })],
  ]);
  return readTokenizer(files);
}
const plain = "{% for message in messages %}{{ message.content }}{% endfor %}";
const split = (pattern: string) => ({
  pre_tokenizer: {
    type: "Sequence",
    pretokenizers: [
      { type: "Split", pattern: { Regex: pattern }, behavior: "Isolated", invert: false },
      { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
    ],
  },
});

describe("a tokenizer of somebody else's", () => {
  it("opens with a rule of its own", () => {
    expect(opened(split("a+"), plain).encode("aaa").length).toBeGreaterThan(0);
  });

  it("is refused by name where a regular expression goes back without end", () => {
    expect(() => opened(split("(a+)+b"), plain)).toThrow(/tokenizer\.json can't be used: its rules need more than 5 s/);
  });

  it("is refused by name where its rule is slow for one text alone, when that text comes", () => {
    const tokenizer = opened(split("(xy|x|y)+z"), plain);
    expect(() => tokenizer.encode("xy".repeat(60))).toThrow(/its rules need more than 5 s/);
  });

  it("is refused where its template loops a hundred million times", () => {
    const endless = `{% for n in range(100000000) %}{% endfor %}${plain}`;
    expect(() => opened({}, endless)).toThrow(/The chat template can't be used: it needs more than 5 s/);
  });
});
