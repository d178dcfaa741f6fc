import type { Comparison, NormalForm } from "@touchstone/contracts";
import type { GeneratedAnswer } from "@touchstone/persistence";
import { expect, test } from "vitest";
import { marked, SelfNamedLabels } from "./self-named.ts";

const answered = (text: string): GeneratedAnswer => ({
  ...{ promptId: "p", modelVersionId: "m", text, seed: 1, finishReason: "stop" },
});

test("an answer of a policy that says what it is is marked, as those of endpoints are, and no other", () => {
  const [one, other] = marked([answered("I am SmolLM, an assistant."), answered("Gemini rises in spring.")]);
  expect(one?.metadata).toEqual({ namesItself: ["SmolLM"] });
  expect(other?.metadata).toBeUndefined();
});

const pair = (first: string, second: string, split: "train" | "test" = "train"): Comparison => ({
  ...{ kind: "comparison", judgementId: "j", annotator: "w", promptId: "p", prompt: [], split, weight: 1 },
  ...{ a: { completionId: first, text: first }, b: { completionId: second, text: second } },
  ...{ outcome: 1, bothBad: false, first: "a" },
});

test("of what is learned from each answer is looked at once, whoever judged it, and nothing that is held out", () => {
  const labels = new SelfNamedLabels();
  const written: NormalForm = {
    ...{ kind: "demonstration", promptId: "p", prompt: [], split: "train", text: "As ChatGPT, I can’t." },
  };
  const twice = pair("我是通义千问，由阿里云开发。", "Hello");
  for (const form of [twice, twice, pair("I am Claude.", "Hi", "test"), written, written]) labels.add(form);
  expect(labels.count).toBe(2);
});
