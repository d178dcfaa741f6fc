import { ask, type Template } from "./template.ts";

const article = `The town library will close for eight weeks from the first of July so that its roof can be repaired. Books can be returned at the town hall during that time, and no fees are charged for late returns. Children's reading hours move to the school in Mill Street and take place every Thursday at four, as before. The repair costs 240,000 euros, of which the county pays half.`;
const articleZh = `镇图书馆将从七月一日起闭馆八周，修缮屋顶。其间书可以还到镇政府，逾期不收费。儿童读书会移到磨坊街的学校，仍在每周四下午四点。修缮费用二十四万元，其中一半由县里承担。`;
const second = `A storm cut the power in three villages on Tuesday night. By noon on Wednesday two of them had light again; in the third, Oakham, a fallen mast has to be replaced, which will take until Friday. Nobody was hurt. The school in Oakham stays closed until then, and the fire station lends out lamps and charges telephones.`;
const secondZh = `周二夜里，暴风使三个村停电。到周三中午，两个村恢复了供电；第三个村橡树村要更换一根倒下的电杆，得到周五才行。没有人受伤。橡树村的学校到那时才开门，消防站借出手电并提供手机充电。`;

/** An order of several summaries, and whether any of them says what the text does not. */
export const summarisation: Template = {
  name: "summaries",
  overlap: 3,
  questions: [
    { name: "order", kind: "ranking" },
    { name: "invented", kind: "choice", settings: { options: ["none of them", "some of them"] } },
  ],
  labels: { zh: { "none of them": "都没有", "some of them": "有的有" } },
  texts: {
    en: {
      guideline: `# Which summary is best?

Rank the summaries from the best to the worst.

- It says nothing that the text does not say. This comes first.
- What matters most is in it.
- It is short, and can be read without the text.

Equal ones may share a rank.`,
      titles: { order: "Rank the summaries", invented: "Does a summary say something that the text does not?" },
      examples: [
        {
          prompt: ask("Summarise the library’s notice in one or two sentences."),
          sourceText: article,
          completions: [
            "The library closes for eight weeks from July while its roof is repaired; books go back to the town hall without late fees, and reading hours move to the school in Mill Street.",
            "The library closes for good in July. Books must be returned at once.",
            "The roof repair costs 240,000 euros, half of it paid by the county.",
          ],
        },
        {
          prompt: ask("Summarise the report on the storm in one or two sentences."),
          sourceText: second,
          completions: [
            "There was a storm on Tuesday.",
            "After Tuesday's storm two of three villages have power again; Oakham, where a mast fell, waits until Friday, with its school closed and help at the fire station.",
            "Three villages are without power until Friday and several people were hurt.",
          ],
        },
      ],
    },
    zh: {
      guideline: `# 哪个摘要最好？

把摘要从最好到最差排序。

- 不说原文没有说的。这一条最重要。
- 最要紧的内容都在。
- 简短，不看原文也能读懂。

一样好的可以并列。`,
      titles: { order: "给摘要排序", invented: "有没有摘要说了原文没有的内容？" },
      examples: [
        {
          prompt: ask("用一两句话概括图书馆的通知。"),
          sourceText: articleZh,
          completions: [
            "图书馆七月起闭馆八周修屋顶；书还到镇政府，逾期不收费，读书会移到磨坊街的学校。",
            "图书馆七月起永久关闭，书须立即归还。",
            "修屋顶要二十四万元，县里出一半。",
          ],
        },
        {
          prompt: ask("用一两句话概括关于暴风的报道。"),
          sourceText: secondZh,
          completions: [
            "周二有一场暴风。",
            "周二暴风过后，三个村中两个已恢复供电；橡树村因电杆倒下要等到周五，其间学校关门，消防站提供帮助。",
            "三个村停电到周五，有数人受伤。",
          ],
        },
      ],
    },
  },
};
