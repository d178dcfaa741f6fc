import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type DemoPrompt, DemoPrompts } from "./demo-prompts.ts";

const folder = new URL("../../../prisma/demo/", import.meta.url);
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");
const prompts = readdirSync(new URL("prompts/", folder)).flatMap((name) =>
  DemoPrompts.parse(JSON.parse(read(`prompts/${name}`))),
);
const count = (suits: (prompt: DemoPrompt) => boolean) => prompts.filter(suits).length;
const best = (prompt: DemoPrompt) => Math.max(...prompt.answers.map((answer) => answer.quality));

test("there are at least 60 prompts, 30 a language, at least 7 of each use in each", () => {
  expect(prompts.length).toBeGreaterThanOrEqual(60);
  for (const language of ["en", "zh"] as const) {
    expect(count((prompt) => prompt.language === language)).toBeGreaterThanOrEqual(30);
    for (const use of ["story", "translation", "question", "classification"] as const) {
      expect(count((prompt) => prompt.language === language && prompt.use === use)).toBeGreaterThanOrEqual(7);
    }
  }
});

test("ids and texts are unique, and an id names its language and use", () => {
  expect(new Set(prompts.map((prompt) => prompt.id)).size).toBe(prompts.length);
  expect(new Set(prompts.map((prompt) => JSON.stringify(prompt.messages))).size).toBe(prompts.length);
  for (const prompt of prompts) {
    expect(prompt.id.startsWith(`${prompt.language}-${prompt.use}-`)).toBe(true);
    expect(new Set(prompt.answers.map((answer) => answer.text)).size).toBe(prompt.answers.length);
  }
});

test("every prompt has an excellent answer, a poor one and at least three grades between them", () => {
  for (const prompt of prompts) {
    const grades = new Set(prompt.answers.map((answer) => answer.quality));
    expect(best(prompt), prompt.id).toBe(5);
    expect(Math.min(...grades), prompt.id).toBeLessThanOrEqual(2);
    expect(grades.size, prompt.id).toBeGreaterThanOrEqual(3);
  }
});

test("length gives nothing away: the longest answer is the best one in fewer than half of the prompts", () => {
  const longestIsBest = count((prompt) => {
    const [longest] = prompt.answers.toSorted((a, b) => b.text.length - a.text.length);
    return longest?.quality === best(prompt);
  });
  expect(longestIsBest).toBeLessThan(prompts.length / 2);
});

test("translations, and only they, name their source, and the prompt holds it", () => {
  for (const prompt of prompts) {
    expect(prompt.sourceText !== null, prompt.id).toBe(prompt.use === "translation");
    if (prompt.sourceText) expect(prompt.messages.at(-1)?.content).toContain(prompt.sourceText);
  }
});

test("every prompt ends with a person's turn, in the language it claims", () => {
  for (const prompt of prompts) {
    expect(prompt.messages.at(-1)?.role).toBe("user");
    expect(/\p{Script=Han}/u.test(prompt.messages.at(-1)?.content ?? ""), prompt.id).toBe(prompt.language === "zh");
  }
});

test("Chinese is set with Chinese punctuation", () => {
  const texts = prompts.flatMap((prompt) => [
    ...prompt.messages.map((message) => message.content),
    ...prompt.answers.map((answer) => answer.text),
  ]);
  for (const text of [...texts, read("guideline.zh.md")]) expect(text).not.toMatch(/\p{Script=Han}[,;:?!()]/u);
});
