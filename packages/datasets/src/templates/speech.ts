import { type ExampleFile, tones } from "./example-files.ts";
import { ask, type Template } from "./template.ts";

const low = 330;
const high = 523;
const rising: ExampleFile = { name: "rising.wav", bytes: () => tones([low, high]) };
const hissing: ExampleFile = { name: "rising-with-hiss.wav", bytes: () => tones([low, high], 0.5) };
const steps: ExampleFile = { name: "three-steps.wav", bytes: () => tones([low, 415, high]) };
const falling: ExampleFile = { name: "falling.wav", bytes: () => tones([high, 415, low]) };

/** Recordings of one text: rated by aspect, with what is heard where it differs. Tones stand in the place of voices. */
export const speech: Template = {
  name: "speech-quality",
  overlap: 3,
  questions: [
    { name: "aspects", kind: "aspects", settings: { aspects: ["naturalness", "intelligibility"] } },
    { name: "heard", kind: "text", required: false, settings: { maxLength: 1_000 } },
  ],
  labels: { zh: { naturalness: "自然度", intelligibility: "清晰度" } },
  texts: {
    en: {
      guideline: `# How good is each recording?

Read the text, then listen to each recording to its end, with headphones where you can.

- **naturalness**: 1 sounds like a machine, 5 like somebody who speaks.
- **intelligibility**: 1 nothing can be made out, 5 every word.

Where something else is said than the text says, write down what you hear. The examples are tones in the place of voices: import recordings of your own.`,
      titles: {
        aspects: "How natural and how clear is each recording?",
        heard: "What do you hear that differs from the text?",
      },
      examples: [
        { prompt: ask("Two tones, the second higher than the first."), completions: [rising, hissing] },
        { prompt: ask("Three tones, each higher than the one before."), completions: [steps, falling] },
      ],
    },
    zh: {
      guideline: `# 每段录音有多好？

先读文字，再把每段录音听完，最好用耳机。

- **自然度**：1 像机器，5 像真人说话。
- **清晰度**：1 什么也听不清，5 每个字都清楚。

如果说的和文字不同，写下听到的内容。示例用音调代替人声：请导入您自己的录音。`,
      titles: { aspects: "每段录音有多自然、多清晰？", heard: "听到的与文字有什么不同？" },
      examples: [
        { prompt: ask("两个音，后一个比前一个高。"), completions: [rising, hissing] },
        { prompt: ask("三个音，一个比一个高。"), completions: [steps, falling] },
      ],
    },
  },
};
