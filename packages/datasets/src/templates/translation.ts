import { ask, type Template } from "./template.ts";

/**
 * Two translations of a passage: errors are marked with a category and a severity, as in MQM (Freitag et al. 2021), whose
 * score is derived from them; then each has a number on the scale of direct assessment.
 */
export const translation: Template = {
  name: "translation-mqm",
  overlap: 3,
  questions: [
    {
      name: "errors",
      kind: "spans",
      settings: { categories: ["accuracy", "fluency", "terminology", "style", "locale convention", "other"] },
    },
    { name: "quality", kind: "number", settings: { min: 0, max: 100, step: 1 } },
  ],
  labels: {
    zh: {
      accuracy: "准确性",
      fluency: "流畅性",
      terminology: "术语",
      style: "风格",
      "locale convention": "地区惯例",
      other: "其他",
      neutral: "不计",
      minor: "轻微",
      major: "严重",
      critical: "致命",
    },
  },
  texts: {
    en: {
      guideline: `# What is wrong in each translation?

Read the source first. Then mark in each translation every stretch that is wrong, as short as it can be, with its category and its severity.

- **accuracy**: something is added, left out, turned round or not translated.
- **fluency**: grammar, spelling, punctuation, or it can't be read.
- **terminology**: the wrong word of the field, or not the same one throughout.
- **style**: clumsy, or of another tone than the source.
- **locale convention**: dates, numbers, names or addresses as they are written elsewhere.

**minor** disturbs little, **major** misleads or is hard to follow, **critical** can do harm. Where something is missing as a whole, say so of the whole answer; where nothing is wrong, say that too.

Then give each a number from 0 to 100: 0 has nothing to do with the source, 33 keeps some of its meaning, 66 most of it with small faults, 100 is perfect.`,
      titles: { errors: "Mark what is wrong in each translation.", quality: "How good is it as a whole (0–100)?" },
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
      guideline: `# 每个译文哪里有错？

先读原文，再在每个译文中标出所有有错的部分，尽量短，并选类别和严重程度。

- **准确性**：增译、漏译、误译或未译。
- **流畅性**：语法、拼写、标点，或读不通。
- **术语**：用词不合专业，或前后不一。
- **风格**：生硬，或语气与原文不同。
- **地区惯例**：日期、数字、姓名、地址的写法不合当地习惯。

**轻微**影响不大，**严重**会误导或难以理解，**致命**可能造成伤害。整体缺了什么，就对整个译文说明；没有错，也请说明。

然后给每个译文一个 0 到 100 的分数：0 与原文无关，33 保留部分意思，66 保留大部分意思、有小毛病，100 完美。`,
      titles: { errors: "标出每个译文中的错误。", quality: "总体有多好（0–100）？" },
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
