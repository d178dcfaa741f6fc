import { ask, type Template } from "./template.ts";

/** Two translations of a passage: by aspect first, then each on the scale of direct assessment. */
export const translation: Template = {
  name: "translation-quality",
  overlap: 3,
  questions: [
    { name: "aspects", kind: "aspects", settings: { aspects: ["accuracy", "fluency"] } },
    { name: "quality", kind: "number", settings: { min: 0, max: 100, step: 1 } },
  ],
  labels: { zh: { accuracy: "准确", fluency: "通顺" } },
  texts: {
    en: {
      guideline: `# How good is each translation?

Read the source first, then each translation.

- **accuracy**: everything the source says is there, and nothing else. Left out, added or turned round costs most.
- **fluency**: it reads as somebody would write it in that language.

Then give each a number from 0 to 100 as a whole: 0 has nothing to do with the source, 33 keeps some of its meaning, 66 most of it with small faults, 100 is perfect.`,
      titles: {
        aspects: "How accurate and how fluent is each translation?",
        quality: "How good is it as a whole (0–100)?",
      },
      examples: [
        {
          prompt: ask("Translate into English:\n\n他说明天下午三点之前一定把稿子寄来，可是到现在也没有消息。"),
          completions: [
            "He said he would be sure to send the manuscript by three tomorrow afternoon, but there has been no word so far.",
            "He says that tomorrow at three the paper is sent, and there is no news until now.",
          ],
        },
        {
          prompt: ask("Translate into English:\n\n图书馆周一闭馆，其他日子开到晚上九点。"),
          completions: [
            "The library is closed on Mondays; on all other days it stays open until nine in the evening.",
            "The library is open until nine in the evening, also on Mondays.",
          ],
        },
      ],
    },
    zh: {
      guideline: `# 每个译文有多好？

先读原文，再读每个译文。

- **准确**：原文说的都在，没有多出来的。漏译、增译、译反扣得最多。
- **通顺**：读起来像是用这种语言写的。

然后给每个译文一个 0 到 100 的总分：0 与原文无关，33 保留部分意思，66 保留大部分意思、有小毛病，100 完美。`,
      titles: { aspects: "每个译文有多准确、多通顺？", quality: "总体有多好（0–100）？" },
      examples: [
        {
          prompt: ask(
            "请译成中文：\n\nHe promised to send the manuscript by three tomorrow afternoon, but there has been no word so far.",
          ),
          completions: [
            "他答应明天下午三点前把稿子寄来，可到现在还没有消息。",
            "他许诺发送手稿在三点明天下午，但有没有词至今。",
          ],
        },
        {
          prompt: ask(
            "请译成中文：\n\nThe library is closed on Mondays; on all other days it stays open until nine in the evening.",
          ),
          completions: ["图书馆周一闭馆，其他日子开到晚上九点。", "图书馆每天开到晚上九点，周一也开。"],
        },
      ],
    },
  },
};
