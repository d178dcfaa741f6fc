import { ask, type Template } from "./template.ts";

const steps = (...all: string[]) => all.join("\n\n");

/** Each step of an agent's way to its goal: right, harmless or wrong; then how it came out. */
export const agentTrajectory: Template = {
  name: "trajectory-steps",
  overlap: 3,
  questions: [
    { name: "steps", kind: "steps" },
    { name: "outcome", kind: "choice", settings: { options: ["reached", "reached in part", "not reached"] } },
    {
      name: "why",
      kind: "text",
      required: false,
      settings: { maxLength: 1_000 },
      when: { question: "outcome", field: "chosen", is: ["reached in part", "not reached"] },
    },
  ],
  labels: { zh: { reached: "达到", "reached in part": "部分达到", "not reached": "未达到" } },
  texts: {
    en: {
      guideline: `# Is each step right?

An agent works towards a goal in steps: it thinks, acts, and is told what came of it. Judge each step by what was known when it was taken.

- **good**: it is right, and brings the goal closer.
- **neutral**: it does no harm and no good, or only tells what came back.
- **bad**: it is wrong, does harm, makes something up, or repeats what has failed.

Then say whether the goal was reached. A good end does not make a bad step good.`,
      titles: { steps: "Is each step right?", outcome: "Was the goal reached?", why: "What went wrong?" },
      examples: [
        {
          prompt: ask("Goal: find out which of the three log files was changed last, and show its last line."),
          completions: [
            steps(
              "Thought: I list the files with their times first.",
              "Action: `ls -lt logs/`",
              "Observation: web.log 14:02, queue.log 13:40, mail.log 09:15",
              "Thought: web.log was changed last.",
              "Action: `tail -n 1 logs/web.log`",
              "Observation: GET /health 200",
              "Answer: web.log was changed last, at 14:02. Its last line is “GET /health 200”.",
            ),
          ],
        },
        {
          prompt: ask("Goal: book the earliest train from A to B tomorrow that has a free seat."),
          completions: [
            steps(
              "Action: search_trains(from = A, to = B, day = tomorrow)",
              "Observation: 06:10 full, 07:25 two seats, 08:40 ten seats",
              "Thought: The 06:10 is the earliest, so I book it.",
              "Action: book(06:10)",
              "Observation: error: the train is full",
              "Action: book(06:10)",
              "Observation: error: the train is full",
              "Answer: Your seat on the 06:10 is booked.",
            ),
          ],
        },
      ],
    },
    zh: {
      guideline: `# 每一步对吗？

智能体分步完成目标：它思考、行动，再得到结果。请按当时已知的情况评判每一步。

- **好**：正确，并且更接近目标。
- **中性**：无益也无害，或只是返回的结果。
- **差**：错误、有害、编造，或重复已失败的做法。

然后说目标是否达到。结果好不等于错的一步变好。`,
      titles: { steps: "每一步对吗？", outcome: "目标达到了吗？", why: "哪里出了错？" },
      examples: [
        {
          prompt: ask("目标：找出三个日志文件中最后修改的一个，并显示它的最后一行。"),
          completions: [
            steps(
              "思考：先按时间列出文件。",
              "行动：`ls -lt logs/`",
              "结果：web.log 14:02，queue.log 13:40，mail.log 09:15",
              "思考：最后修改的是 web.log。",
              "行动：`tail -n 1 logs/web.log`",
              "结果：GET /health 200",
              "回答：最后修改的是 web.log，时间 14:02。最后一行是“GET /health 200”。",
            ),
          ],
        },
        {
          prompt: ask("目标：预订明天从甲地到乙地、有空座的最早一班火车。"),
          completions: [
            steps(
              "行动：search_trains(从 = 甲, 到 = 乙, 日期 = 明天)",
              "结果：06:10 满座，07:25 余两座，08:40 余十座",
              "思考：06:10 最早，就订它。",
              "行动：book(06:10)",
              "结果：错误：该车已满",
              "行动：book(06:10)",
              "结果：错误：该车已满",
              "回答：已为您订好 06:10 的座位。",
            ),
          ],
        },
      ],
    },
  },
};
