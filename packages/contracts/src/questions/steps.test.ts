import { expect, it } from "vitest";
import { stepsOf } from "./steps.ts";

it.each([
  ["One.\n\nTwo.\n \t\nThree.", "paragraphs", ["One.", "Two.", "Three."]],
  ["One.\r\n\r\nTwo.\r\nstill two.", "paragraphs", ["One.", "Two.\nstill two."]],
  ["One.\nTwo.\n\n\nThree.", "lines", ["One.", "Two.", "Three."]],
  ["第一步。\u2028第二步😀。", "lines", ["第一步。", "第二步😀。"]],
  ["Run:\n```\na\n\nb\n```\nDone.", "paragraphs", ["Run:\n```\na\n\nb\n```\nDone."]],
  ["```js\na\n\nb\n```\nDone.", "lines", ["```js\na\n\nb\n```", "Done."]],
  ["~~~~\n~~~\n\n~~~~\n\nDone.", "paragraphs", ["~~~~\n~~~\n\n~~~~", "Done."]],
  [" \n\u3000\n", "paragraphs", []],
  ["", "lines", []],
] as const)("cuts %j at its %s", (text, cut, steps) => {
  expect(stepsOf(text, cut)).toEqual(steps);
});
