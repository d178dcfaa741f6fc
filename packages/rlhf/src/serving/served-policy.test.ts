import type { Message } from "@touchstone/contracts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { generateCompletions } from "../rollout/generate-completions.ts";
import { engine, freshPolicy } from "../trainers/tiny-world.fixture.ts";
import { openServedPolicy, PromptTooLong, type ServedPolicy, type ServedTalk } from "./served-policy.ts";

let policy: ServedPolicy;
beforeAll(() => {
  policy = openServedPolicy(engine, freshPolicy, 3);
});
afterAll(() => policy.dispose());

const prompt = (content: string): Message[] => [{ role: "user", content }];
const ask = (content: string, seed: number, answers = 1, asker = "ada") =>
  policy.ask({
    asker,
    messages: prompt(content),
    answers,
    seed,
    options: { temperature: 1, topK: 0, topP: 1, maxNewTokens: 6 },
  });

/** Draws until nothing is left to draw. @returns what each talk said, answer by answer */
function heard(talks: readonly ServedTalk[]): string[][] {
  const texts = talks.map(() => [] as string[]);
  while (policy.busy()) {
    policy.step();
    for (const [index, talk] of talks.entries()) {
      const said = texts[index] ?? [];
      for (const { answer, text } of talk.news()) said[answer] = (said[answer] ?? "") + text;
    }
  }
  return texts;
}

it("gives everybody the answer that they would have got alone, more of them than there is room for at once", async () => {
  const questions = Array.from({ length: 7 }, (_, index) => ({ content: `q${index}`, seed: index }));
  const together = heard(questions.map(({ content, seed }) => ask(content, seed)));
  for (const [index, { content, seed }] of questions.entries()) {
    const [alone] = await generateCompletions({
      ...{ engine, policy: freshPolicy, prompts: [prompt(content)], seed },
      options: { temperature: 1, maxNewTokens: 6 },
    });
    expect(together[index]).toEqual([alone?.text]);
  }
});

it("draws several answers to one question, each from a stream of its own", async () => {
  const [texts] = heard([ask("q", 5, 3)]);
  const alone = await generateCompletions({
    ...{ engine, policy: freshPolicy, prompts: Array<Message[]>(3).fill(prompt("q")), seed: 5 },
    options: { temperature: 1, maxNewTokens: 6 },
  });
  expect(texts).toEqual(alone.map(({ text }) => text));
});

it("draws no more for whoever has left, begun or not, and goes on for the others", () => {
  const [first, second, third, waiting] = ["a", "b", "c", "d"].map((content, seed) => ask(content, seed));
  policy.step();
  first?.leave();
  waiting?.leave();
  expect(waiting?.news()).toEqual([]);
  const talks = [second, third].flatMap((talk) => (talk ? [talk] : []));
  const together = heard(talks);
  expect(together).toEqual(heard([ask("b", 1), ask("c", 2)]));
  expect(first?.news().length).toBeLessThanOrEqual(1);
  expect(policy.busy()).toBe(false);
});

it("lets askers take turns: one that asks much does not keep another waiting until it is through", () => {
  const flood = ask("f", 1, 9, "flood");
  policy.step();
  const single = ask("s", 2, 1, "single");
  const begun: string[] = [];
  while (policy.busy()) {
    policy.step();
    for (const [name, talk] of Object.entries({ flood, single }))
      for (const { answer, tokens } of talk.news()) if (tokens === 1) begun.push(`${name} ${answer}`);
  }
  // Three answers were under way and one more was the flood's turn already.
  expect(begun.indexOf("single 0")).toBeGreaterThanOrEqual(0);
  expect(begun.indexOf("single 0")).toBeLessThan(begun.indexOf("flood 5"));
  expect(begun.slice(-1)).toEqual(["flood 8"]);
});

it("refuses a conversation that leaves no room for an answer, with its length and the context", () => {
  const long = () => ask("x".repeat(40), 1);
  expect(long).toThrow(PromptTooLong);
  expect(long).toThrow(/context 24/);
});
