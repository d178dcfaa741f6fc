import { ask, type Template } from "./template.ts";

/** Which of two answers people would rather have had, and why where it is plain. */
export const textGeneration: Template = {
  name: "better-answer",
  overlap: 3,
  questions: [
    { name: "better", kind: "preference" },
    {
      name: "why",
      kind: "text",
      required: false,
      settings: { maxLength: 500 },
      when: { question: "better", field: "step", is: [1, 7] },
    },
  ],
  labels: {},
  texts: {
    en: {
      guideline: `# Which answer is better?

Prefer the answer that you would rather have been given.

- It does what was asked, all of it, and nothing else.
- What it says is true. A pleasant answer that is wrong is the worse one.
- It is as long as it needs to be. Length alone is no merit.
- Where both are equally good, say that they tie. Where neither is of any use, say that both are bad.

Judge what stands there, not what you think of whoever wrote it.`,
      titles: { why: "What makes it so much better?" },
      examples: [
        {
          prompt: ask("Write a short reply that turns down a party invitation without hurting anyone."),
          completions: [
            "Thank you so much for thinking of me! I can't make it on Saturday, but I'd love to hear how it went. Coffee next week?",
            "No, I won't come. I don't like parties.",
          ],
        },
        {
          prompt: ask("How do I keep basil alive on a windowsill in winter?"),
          completions: [
            "Basil is a herb. It is used in Italian cooking, for example in pesto and on pizza.",
            "Give it the brightest window you have, keep the leaves off the cold glass, and water only when the top centimetre of soil is dry. Pinch off the tips so that it branches.",
          ],
        },
        {
          prompt: ask("Explain in two sentences why the sky is blue."),
          completions: [
            "Air scatters short, blue wavelengths of sunlight far more than long, red ones. So blue light reaches us from all over the sky, and not only from the sun.",
            "Sunlight is scattered by the air, and blue is scattered most. That is why we see blue in every direction; at sunset the light has lost most of its blue on the way.",
          ],
        },
      ],
    },
    zh: {
      guideline: `# 哪个回答更好？

选您自己更愿意得到的那个回答。

- 它完成了所要求的全部内容，没有多余的东西。
- 所说属实。读来舒服却有错的回答更差。
- 长短恰当。长本身不是优点。
- 两者一样好就选平手；两者都没有用就选“都不好”。

只看写出来的内容，不猜是谁写的。`,
      titles: { why: "它好在哪里？" },
      examples: [
        {
          prompt: ask("请写一小段话，婉拒聚会邀请，不要伤人。"),
          completions: [
            "谢谢你想到我！周六我来不了，不过很想听你讲讲聚会的事。下周一起喝杯咖啡？",
            "我不去。我不喜欢聚会。",
          ],
        },
        {
          prompt: ask("冬天窗台上的罗勒怎么养活？"),
          completions: [
            "罗勒是一种香草，常用于意大利菜，例如青酱和比萨。",
            "放在最亮的窗边，叶子别贴着冷玻璃，表土一厘米干了再浇水。常掐顶芽，它会分枝。",
          ],
        },
        {
          prompt: ask("用两句话解释天空为什么是蓝色的。"),
          completions: [
            "空气对短波的蓝光散射得远比长波的红光多。所以蓝光从整个天空照来，而不只是从太阳那里照来。",
            "阳光被空气散射，其中蓝光最多。因此四面都是蓝色；日落时，光在路上已经失去了大部分蓝色。",
          ],
        },
      ],
    },
  },
};
