import type { Message } from "@touchstone/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openTokenizer } from "../byte-pair.ts";
import { readTokenizer } from "../read-tokenizer.ts";
import { specialTokens } from "../special-tokens.ts";
import { trainBpe } from "../train-bpe.ts";
import { fixedStrftime } from "./fixed-date.ts";

const ours = openTokenizer(trainBpe(["the answer is yes", "user assistant question <answer>"], 300));
const chatTokens = ["<s>", "</s>", "<|assistant|>", "<|user|>", "<|end|>", "<|pad|>"];
const bytes = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));

/** A model's tokenizer of byte pairs with this chat template. */
function withTemplate(chat_template: string) {
  let json = new TextDecoder().decode(ours.files.get("tokenizer.json"));
  for (const [id, name] of specialTokens.entries()) json = json.replaceAll(`"${name}"`, `"${chatTokens[id]}"`);
  return readTokenizer(
    new Map([
      ["tokenizer.json", new TextEncoder().encode(json)],
      ["tokenizer_config.json", bytes({ bos_token: "<s>", eos_token: "</s>", chat_template })],
    ]),
  );
}

const user = (content: string): Message => ({ role: "user", content });
const assistant = (content: string): Message => ({ role: "assistant", content });

/** A template that writes `before` and `after` around each answer, all words of ours included. */
const templateOf = (before: string, after: string, end: string) =>
  [
    "{{ bos_token }}{% for m in messages %}{% if m.role == 'assistant' %}",
    `{{ '<|assistant|>${before}' + m.content + '${after}${end}' }}`,
    "{% else %}{{ '<|user|>' + m.content }}{% endif %}{% endfor %}",
    `{% if add_generation_prompt %}{{ '<|assistant|>${before}' }}{% endif %}`,
  ].join("");

describe("what surrounds an answer", () => {
  const surroundings = fc.constantFrom(
    ...["", "<answer>", "answer: ", "[answer]", "</answer>", " answer", "\\n", "question", "assistant ", "the "],
  );
  test("whatever words a template holds, prompt and answer begin the whole conversation, up to its end token", () => {
    fc.assert(
      fc.property(
        surroundings,
        surroundings,
        fc.constantFrom("</s>", "<|end|>"),
        fc.constantFrom("yes", "answer", "the answer is yes", "</answer>", "question", "assistant", "猫", "42"),
        (before, after, end, said) => {
          const tokenizer = withTemplate(templateOf(before, after, end));
          const whole = tokenizer.encodePrompt([user("is it"), assistant(said), user("really")]);
          const prompt = tokenizer.encodePrompt([user("is it")]);
          const answer = tokenizer.encodeAnswer(said);
          expect(answer.at(-1)).toBe(chatTokens.indexOf(end));
          expect(tokenizer.decodeAnswer(answer)).toBe(said);
          expect(whole.slice(0, prompt.length)).toEqual(prompt);
          // Pieces may join over the place where the answer begins or ends: what they spell is the same.
          const spelled = (ids: readonly number[]) => tokenizer.decode(ids);
          const untilEnd = whole.slice(0, whole.indexOf(chatTokens.indexOf(end)) + 1);
          expect(spelled(untilEnd)).toBe(spelled([...prompt, ...answer]));
        },
      ),
      { numRuns: 400 },
    );
  });

  test("a tag that is called answer stands in the prompt once, and closes after the answer", () => {
    const tokenizer = withTemplate(templateOf("<answer>", "</answer>", "</s>"));
    expect(tokenizer.decode(tokenizer.encodeAnswer("Fine"))).toBe("Fine</answer>");
    expect(tokenizer.decodeAnswer(ours.encode("Fine</answer>"))).toBe("Fine");
  });
});

describe("a template that refuses a conversation", () => {
  test("says which one: its turns, how it begins, and the template's own words", () => {
    const strict = `{% if messages[0].role == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}${templateOf("", "", "</s>")}`;
    const tokenizer = withTemplate(strict);
    const conversation: Message[] = [{ role: "system", content: "Be brief." }, user("Name a moon of Mars.")];
    expect(() => tokenizer.encodePrompt(conversation)).toThrow(
      "The chat template can't write the conversation of system, user that begins “Be brief.”: System role not supported.",
    );
  });
});

describe("a template that tells the date", () => {
  const dated = `{{ 'Today is ' + strftime_now('%d %b %Y') + '.' }}${templateOf("", "", "</s>")}`;

  test("always tells the same, in any time zone and on any day", () => {
    const tokenizer = withTemplate(dated);
    expect(tokenizer.decode(tokenizer.encodePrompt([user("hi")]))).toContain("Today is 26 Jul 2024.");
    expect(tokenizer.fixedDate).toBe("2024-07-26");
    expect(withTemplate(templateOf("", "", "</s>")).fixedDate).toBeUndefined();
  });

  test("asks for it in the codes of Python's strftime", () => {
    expect(fixedStrftime("%A, %d %B %Y, day %j, %H:%M %% %Q")).toBe("Friday, 26 July 2024, day 208, 00:00 % %Q");
  });
});
