import type { PromptRow } from "./practice-files.ts";

/** One word as German might make it, with nowhere to break: 200 letters. */
const word = "Donaudampfschifffahrtsgesellschaft".repeat(6).slice(0, 200);
const code =
  "```python\ndef total(items):\n    return sum(item.price * item.count for item in items if item.price is not None and item.count > 0)\n```";
const chinese =
  "从前有一座灯塔，守塔人每天黄昏都要走上三百六十五级台阶，把灯点亮。有一年冬天，风大得连海鸥都不肯出门，他却在门口发现了一只冻僵的小鸟。";

/** Texts that break layouts: a word of 200 letters in the prompt and in an answer, a code block, long Chinese. */
export const awkward: readonly PromptRow[] = [
  {
    prompt: `What does ${word} mean, and how would one compute it?`,
    completions: [
      `It is one word: ${word}. Nobody says it aloud, and nobody has to.`,
      `One would write it in a few lines.\n\n${code}\n\n${chinese.repeat(4)}`,
    ],
    language: "en",
    cluster: "awkward",
  },
];
