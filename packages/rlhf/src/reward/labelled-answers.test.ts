import { expect, test } from "vitest";
import { openTokenizer } from "../tokenizer/byte-pair.ts";
import { special } from "../tokenizer/special-tokens.ts";
import { encodeJudged } from "./labelled-answers.ts";

const tokenizer = openTokenizer([]);
const prompt = [{ role: "user" as const, content: "0123456789" }];
/** `<|bos|> <|user|> ten digits <|assistant|>`, two letters, `<|eos|>` */
const whole = 13 + 3;

test("a conversation that fits is kept as it is", () => {
  const judged = encodeJudged(tokenizer, prompt, "ok", whole);
  expect(judged).toMatchObject({ answerStart: 13, promptCut: false });
  expect(judged?.ids).toHaveLength(whole);
});

test("of a prompt that is too long its end is kept, and of the answer everything", () => {
  const judged = encodeJudged(tokenizer, prompt, "ok", whole - 4);
  expect(judged).toMatchObject({ answerStart: 9, promptCut: true });
  const [begin, ...rest] = judged?.ids ?? [];
  expect(begin).toBe(special.bos);
  expect(tokenizer.decode(rest.slice(0, 7))).toBe("3456789");
  expect(tokenizer.decode(rest.slice(-3, -1))).toBe("ok");
  expect(rest.at(-1)).toBe(special.eos);
});

test("an answer that leaves no room for the end of its prompt is not judged", () => {
  expect(encodeJudged(tokenizer, prompt, "ok", 8)).toMatchObject({ answerStart: 5 });
  expect(encodeJudged(tokenizer, prompt, "ok", 7)).toBeUndefined();
});
