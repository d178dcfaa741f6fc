import { type ExampleFile, picture } from "./example-files.ts";
import { ask, type Template } from "./template.ts";

const red = [204, 61, 51] as const;
const blue = [47, 93, 190] as const;
const green = [64, 140, 80] as const;
const yellow = [226, 178, 40] as const;

const circleLeft: ExampleFile = {
  name: "circle-left.png",
  bytes: () =>
    picture([
      { kind: "circle", colour: red, x: 95, y: 100 },
      { kind: "square", colour: blue, x: 225, y: 100 },
    ]),
};
const squareLeft: ExampleFile = {
  name: "square-left.png",
  bytes: () =>
    picture([
      { kind: "square", colour: blue, x: 95, y: 100 },
      { kind: "circle", colour: red, x: 225, y: 100 },
    ]),
};
const triangleAbove: ExampleFile = {
  name: "triangle-above.png",
  bytes: () =>
    picture([
      { kind: "triangle", colour: green, x: 160, y: 55 },
      { kind: "circle", colour: yellow, x: 160, y: 148 },
    ]),
};
const twoCircles: ExampleFile = {
  name: "two-circles.png",
  bytes: () =>
    picture([
      { kind: "circle", colour: green, x: 160, y: 55 },
      { kind: "circle", colour: yellow, x: 160, y: 148 },
    ]),
};

const alts = {
  en: {
    "circle-left.png": "A red circle, and right of it a blue square.",
    "square-left.png": "A blue square, and right of it a red circle.",
    "triangle-above.png": "A green triangle, and below it a yellow circle.",
    "two-circles.png": "A green circle, and below it a yellow one.",
  },
  zh: {
    "circle-left.png": "红色圆形，右边是蓝色方形。",
    "square-left.png": "蓝色方形，右边是红色圆形。",
    "triangle-above.png": "绿色三角形，下面是黄色圆形。",
    "two-circles.png": "绿色圆形，下面是黄色圆形。",
  },
} as const;

const told = (file: ExampleFile, words: Readonly<Record<string, string>>): ExampleFile => {
  const alt = words[file.name];
  return alt === undefined ? file : { ...file, alt };
};

/** Two pictures made of one description: by aspect first, then which one people would rather have. */
export const image: Template = {
  name: "image-quality",
  overlap: 3,
  questions: [
    { name: "aspects", kind: "aspects", settings: { aspects: ["alignment", "fidelity"] } },
    { name: "better", kind: "preference", settings: { steps: 5 } },
  ],
  labels: { zh: { alignment: "符合描述", fidelity: "画面质量" } },
  texts: {
    en: {
      guideline: `# Which picture would you rather have?

Read the description first, then look at both pictures.

- **alignment**: everything that was asked for is there, where it should be, and nothing else.
- **fidelity**: it looks as it should: nothing is torn, doubled or smeared.

Then say which one you would rather have been given.`,
      titles: {
        aspects: "How well does each picture fit, and how well is it made?",
        better: "Which picture is better?",
      },
      examples: [
        {
          prompt: ask("Draw a red circle to the left of a blue square."),
          completions: [told(circleLeft, alts.en), told(squareLeft, alts.en)],
        },
        {
          prompt: ask("Draw a green triangle above a yellow circle."),
          completions: [told(twoCircles, alts.en), told(triangleAbove, alts.en)],
        },
      ],
    },
    zh: {
      guideline: `# 您更想要哪张图？

先读描述，再看两张图。

- **符合描述**：要求的都在，位置正确，没有多余的。
- **画面质量**：看起来自然，没有撕裂、重影或模糊。

然后说您更想得到哪一张。`,
      titles: { aspects: "每张图有多符合描述、画面质量如何？", better: "哪张图更好？" },
      examples: [
        {
          prompt: ask("画一个红色圆形，在蓝色方形的左边。"),
          completions: [told(circleLeft, alts.zh), told(squareLeft, alts.zh)],
        },
        {
          prompt: ask("画一个绿色三角形，在黄色圆形的上面。"),
          completions: [told(twoCircles, alts.zh), told(triangleAbove, alts.zh)],
        },
      ],
    },
  },
};
