import { describe, expect, it } from "vitest";
import en from "../../messages/en/runs.json" with { type: "json" };
import zh from "../../messages/zh/runs.json" with { type: "json" };
import { sentenceNeeds } from "./sentence-values.ts";

/** The names in a message, by kind. Braces by turns open a value and one of its wordings, whose first word is no value's name. */
function needsOf(message: string): { figures: string[]; words: string[] } {
  const needs = { figures: new Set<string>(), words: new Set<string>() };
  let depth = 0;
  for (const [brace, name, type] of message.matchAll(/\{(?:(\w+)(?:, (number|plural))?)?|\}/g)) {
    depth += brace === "}" ? -1 : 1;
    if (brace !== "}" && depth % 2 === 1 && name !== undefined) needs[type ? "figures" : "words"].add(name);
  }
  return { figures: [...needs.figures].sort(), words: [...needs.words].sort() };
}

describe("what a run's sentences are made with", () => {
  it.each([
    ["en", en],
    ["zh", zh],
  ])("is what the messages name, %s", (_, { facts, errors }) => {
    const sentences = { ...named("facts", facts), ...named("errors", errors) };
    const known = Object.fromEntries(
      Object.keys(sentences).map((key) => {
        const { figures = [], words = [] } = sentenceNeeds[key] ?? {};
        return [key, { figures: [...figures].sort(), words: [...words].sort() }];
      }),
    );
    expect(known).toEqual(Object.fromEntries(Object.entries(sentences).map(([key, text]) => [key, needsOf(text)])));
    expect(Object.keys(sentences)).toEqual(expect.arrayContaining(Object.keys(sentenceNeeds)));
  });
});

function named(part: string, sentences: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(sentences).map(([code, text]) => [`${part}.${code}`, text]));
}
