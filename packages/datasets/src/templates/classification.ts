import { ask, type Template } from "./template.ts";

/** One label for each text; there are no answers of models. */
export const classification: Template = {
  name: "label",
  overlap: 3,
  questions: [
    { name: "sentiment", kind: "choice", settings: { options: ["positive", "neutral", "negative"] } },
    { name: "note", kind: "text", required: false, settings: { maxLength: 300, multiline: false } },
  ],
  labels: { zh: { positive: "正面", neutral: "中性", negative: "负面" } },
  texts: {
    en: {
      guideline: `# Which label fits?

Say what the text itself expresses, not what you would feel in its place.

- **positive**: on the whole it is pleased.
- **negative**: on the whole it is displeased.
- **neutral**: it only tells, or both weigh the same.

Irony counts as what is meant. Change the options on the page Questions into those of your own task.`,
      titles: { sentiment: "What does the text express?", note: "Something to note?" },
      examples: [
        {
          prompt: ask("The parcel came a day early and everything was whole. I will order here again."),
          completions: [],
        },
        { prompt: ask("The lamp is 40 cm high and comes with a cable of two metres."), completions: [] },
        { prompt: ask("Great, a third replacement that does not work either. Just what I wanted."), completions: [] },
        { prompt: ask("The sound is good, but the battery gave up after a week."), completions: [] },
      ],
    },
    zh: {
      guideline: `# 哪个标签合适？

说文字本身表达的，不是您自己的感受。

- **正面**：总的来说满意。
- **负面**：总的来说不满意。
- **中性**：只是叙述，或两者相当。

反话按它的本意算。请在“问题”页把选项改成您自己的任务所用的。`,
      titles: { sentiment: "这段文字表达了什么？", note: "有什么要说明的？" },
      examples: [
        { prompt: ask("包裹早到了一天，东西完好。下次还在这里买。"), completions: [] },
        { prompt: ask("台灯高 40 厘米，电源线长两米。"), completions: [] },
        { prompt: ask("真好，第三次换货，还是坏的。这正是我想要的。"), completions: [] },
        { prompt: ask("音质不错，可是电池一周就不行了。"), completions: [] },
      ],
    },
  },
};
