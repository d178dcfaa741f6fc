import { ask, type Template } from "./template.ts";

/** Whether an answer is right by the passage that stands beside it. */
export const questionAnswering: Template = {
  name: "answer-check",
  overlap: 3,
  questions: [
    {
      name: "correct",
      kind: "choice",
      settings: { options: ["correct", "partly correct", "wrong", "not in the passage"] },
    },
    {
      name: "evidence",
      kind: "text",
      required: false,
      settings: { maxLength: 1_000 },
      when: { question: "correct", field: "chosen", is: ["partly correct", "wrong"] },
    },
  ],
  labels: {
    zh: { correct: "正确", "partly correct": "部分正确", wrong: "错误", "not in the passage": "文中没有" },
  },
  texts: {
    en: {
      guideline: `# Is the answer right?

Only the passage counts, not what you know beside it.

- **correct**: the passage says so, and nothing that was asked for is missing.
- **partly correct**: something is right, and something is missing or wrong.
- **wrong**: the passage says otherwise.
- **not in the passage**: nobody can tell from it.`,
      titles: { correct: "Is the answer right by the passage?", evidence: "Which words of the passage say otherwise?" },
      examples: [
        {
          prompt: ask("When does the market open on Sundays?"),
          sourceText: "The market opens at seven from Monday to Saturday. On Sundays it opens two hours later.",
          completions: ["At nine."],
        },
        {
          prompt: ask("How many people may take part, and what does it cost?"),
          sourceText: "The course takes twelve people. Members pay nothing; guests pay five euros at the door.",
          completions: ["Twelve people, and it costs nothing."],
        },
        {
          prompt: ask("Who painted the mural?"),
          sourceText: "The mural in the station was finished in 1968. It shows the harbour on a winter morning.",
          completions: ["It was painted by a local school class."],
        },
      ],
    },
    zh: {
      guideline: `# 回答对吗？

只看这段文字，不用您另外知道的事。

- **正确**：文中这样说，所问的都答到了。
- **部分正确**：有对的，也有漏的或错的。
- **错误**：文中说的不是这样。
- **文中没有**：从文中看不出来。`,
      titles: { correct: "按这段文字，回答对吗？", evidence: "文中哪些话与它不符？" },
      examples: [
        {
          prompt: ask("市场周日几点开门？"),
          sourceText: "市场周一至周六七点开门。周日晚两个小时开门。",
          completions: ["九点。"],
        },
        {
          prompt: ask("可以有多少人参加，费用多少？"),
          sourceText: "课程招收十二人。会员免费；来宾在门口付五元。",
          completions: ["十二人，免费。"],
        },
        {
          prompt: ask("壁画是谁画的？"),
          sourceText: "车站里的壁画完成于 1968 年，画的是冬天早晨的港口。",
          completions: ["是当地一个班的学生画的。"],
        },
      ],
    },
  },
};
