import { ask, type Template } from "./template.ts";

const fenced = (language: string, ...lines: string[]) => `\`\`\`${language}\n${lines.join("\n")}\n\`\`\``;

const median = [
  fenced(
    "python",
    "def median(numbers):",
    "    ordered = sorted(numbers)",
    "    middle = len(ordered) // 2",
    "    if len(ordered) % 2:",
    "        return ordered[middle]",
    "    return (ordered[middle - 1] + ordered[middle]) / 2",
  ),
  fenced("python", "def median(numbers):", "    return sum(numbers) / len(numbers)"),
];
const unique = [
  fenced("js", "const unique = (list) => [...new Set(list)];"),
  fenced(
    "js",
    "function unique(list) {",
    "  const result = [];",
    "  for (let i = 0; i < list.length; i++) {",
    "    if (!result.includes(list[i])) result.push(list[i]);",
    "  }",
    "  return result;",
    "}",
  ),
];

/** Two programs: by aspect first, then which one people would rather merge. */
export const code: Template = {
  name: "code-review",
  overlap: 3,
  questions: [
    { name: "aspects", kind: "aspects", settings: { aspects: ["correctness", "readability"] } },
    { name: "better", kind: "preference", settings: { steps: 5 } },
    { name: "fault", kind: "text", required: false, settings: { maxLength: 2_000 } },
  ],
  labels: { zh: { correctness: "正确性", readability: "可读性" } },
  texts: {
    en: {
      guideline: `# Which program would you merge?

Read both before you judge either.

- **correctness**: it does what was asked, also with nothing, with one, and with what nobody expects.
- **readability**: whoever comes next understands it at once.

Then say which one you would rather merge. Correct comes before beautiful. Where you see a fault, name the line.`,
      titles: {
        aspects: "How correct and how readable is each program?",
        better: "Which one would you rather merge?",
        fault: "Where is a fault, if there is one?",
      },
      examples: [
        {
          prompt: ask("Write a Python function `median(numbers)` that returns the median of a list."),
          completions: median,
        },
        {
          prompt: ask("In JavaScript, drop the duplicates from an array and keep the order of first occurrence."),
          completions: unique,
        },
      ],
    },
    zh: {
      guideline: `# 您会合并哪段程序？

先把两段都读完，再评判。

- **正确性**：完成所要求的事，空的、单个的、意外的输入也对。
- **可读性**：接手的人一看就懂。

然后说您更愿意合并哪一段。正确先于好看。看到毛病就写出是哪一行。`,
      titles: { aspects: "每段程序有多正确、多好读？", better: "您更愿意合并哪一段？", fault: "如有毛病，在哪里？" },
      examples: [
        { prompt: ask("写一个 Python 函数 `median(numbers)`，返回列表的中位数。"), completions: median },
        { prompt: ask("用 JavaScript 去掉数组中的重复项，保持首次出现的顺序。"), completions: unique },
      ],
    },
  },
};
