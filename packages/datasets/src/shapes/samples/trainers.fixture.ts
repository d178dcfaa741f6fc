import { assistant, type Sample, user } from "./sample.fixture.ts";

/** What libraries that train read. */
export const trainers: readonly Sample[] = [
  {
    name: "NeMo-RL, two completions",
    reason: "ranked",
    rows: [
      {
        context: [user("One or two?")],
        completions: [
          { rank: 1, completion: [assistant("Two.")] },
          { rank: 0, completion: [assistant("One.")] },
        ],
      },
      {
        context: [user("Three or four?")],
        completions: [
          { rank: 0, completion: [assistant("Three.")] },
          { rank: 0, completion: [assistant("Four.")] },
        ],
      },
    ],
    yields: [
      { prompt: ["user: One or two?"], answers: ["Two.", "One."], said: [{ annotator: "unnamed", outcome: -2 }] },
      { prompt: ["user: Three or four?"], answers: ["Three.", "Four."], said: [{ annotator: "unnamed", outcome: 0 }] },
    ],
  },
  {
    name: "rankings whole: responses and ranks, ties equal, null not ranked",
    reason: "ranked",
    rows: [
      { prompt: "p", responses: ["A", "B", "C", "D"], ranks: [1, 2, 2, null], annotator: "ann", comment: "D is off." },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A", "B", "C", "D"],
        said: [
          {
            annotator: "ann",
            questionnaire: "imported-partial-ranking",
            sides: [0, 1, 2, 3],
            ranks: [1, 2, 2, null],
            comment: "D is off.",
          },
        ],
      },
    ],
    refused: [
      { row: { prompt: "p", responses: ["A", "B", "C"], ranks: [1, 2] }, field: "ranks", reason: "rankCount" },
      { row: { prompt: "p", responses: ["A", "B", "C"], ranks: "1" }, field: "ranks", reason: "rankList" },
    ],
  },
  {
    name: "TRL, stepwise supervision",
    reason: "stepwise",
    rows: [
      { prompt: "2 + 3 · 4?", completions: ["3 · 4 is 12.", "2 + 12 is 15."], labels: [true, false] },
      { prompt: "Print.", completions: ["Open\nit.", "Print."], labels: [true, true] },
    ],
    yields: [
      {
        prompt: ["user: 2 + 3 · 4?"],
        answers: ["3 · 4 is 12.\n\n2 + 12 is 15."],
        said: [
          {
            annotator: "unnamed",
            questionnaire: "imported-steps",
            sides: [0],
            choice: "labelled",
            labels: ["good", "bad"],
          },
        ],
      },
      {
        prompt: ["user: Print."],
        answers: ["Open\nit.\n\nPrint."],
        said: [
          {
            annotator: "unnamed",
            questionnaire: "imported-steps",
            sides: [0],
            choice: "labelled",
            labels: ["good", "good"],
          },
        ],
      },
    ],
    refused: [
      {
        row: { prompt: "p", completions: ["A step:\n\nin two.", "B"], labels: [true, true] },
        field: "completions",
        reason: "stepsNotCut",
      },
      { row: { prompt: "p", completions: ["A", "B"], labels: [true] }, field: "labels", reason: "labelCount" },
      { row: { prompt: "p", completions: ["A", "B"], labels: [true, 0] }, field: "labels.1", reason: "notBoolean" },
    ],
  },
  {
    name: "TRL, unpaired preference",
    reason: "unpaired",
    rows: [
      { prompt: "p", completion: "A", label: true },
      { prompt: [user("q")], completion: [assistant("B")], label: false },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A"],
        said: [{ annotator: "unnamed", questionnaire: "good-or-bad", sides: [0], chosen: ["good"] }],
      },
      {
        prompt: ["user: q"],
        answers: ["B"],
        said: [{ annotator: "unnamed", questionnaire: "good-or-bad", sides: [0], chosen: ["bad"] }],
      },
    ],
    refused: [{ row: { prompt: "p", completion: ["A"], label: true }, field: "completion", reason: "notText" }],
  },
  {
    name: "LLaMA-Factory, KTO in sharegpt's form",
    reason: "unpaired",
    rows: [
      {
        conversations: [
          { from: "system", value: "Be brief." },
          { from: "human", value: "p" },
          { from: "gpt", value: "A" },
        ],
        kto_tag: true,
      },
    ],
    yields: [
      {
        prompt: ["system: Be brief.", "user: p"],
        answers: ["A"],
        said: [{ annotator: "unnamed", questionnaire: "good-or-bad", sides: [0], chosen: ["good"] }],
      },
    ],
  },
  {
    name: "LLaMA-Factory, KTO in alpaca's form",
    reason: "unpaired",
    rows: [{ instruction: "Translate.", input: "Bonjour", output: "Good day", kto_tag: false }],
    yields: [
      {
        prompt: ["user: Translate.\n\nBonjour"],
        answers: ["Good day"],
        said: [{ annotator: "unnamed", questionnaire: "good-or-bad", sides: [0], chosen: ["bad"] }],
      },
    ],
  },
  {
    name: "ms-swift, KTO",
    reason: "unpaired",
    rows: [{ messages: [user("p"), assistant("A")], label: true }],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A"],
        said: [{ annotator: "unnamed", questionnaire: "good-or-bad", sides: [0], chosen: ["good"] }],
      },
    ],
  },
  {
    name: "OpenAI's preference JSONL",
    reason: "openai-preference",
    rows: [
      {
        input: {
          messages: [{ role: "system", content: "Be brief." }, user("p")],
          tools: [],
          parallel_tool_calls: true,
        },
        preferred_output: [assistant("A")],
        non_preferred_output: [assistant("B")],
      },
    ],
    yields: [
      { prompt: ["system: Be brief.", "user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] },
    ],
    notTaken: ["unusedColumn input.parallel_tool_calls"],
    refused: [
      {
        row: {
          input: { messages: [user("p")] },
          preferred_output: [assistant("A")],
          non_preferred_output: [user("B")],
        },
        field: "non_preferred_output",
        reason: "oneAnswerAfterPrompt",
      },
    ],
  },
  {
    name: "LLaMA-Factory, ranking in alpaca's form",
    reason: "llama-factory",
    rows: [{ instruction: "Translate.", input: "Bonjour", chosen: "Good day", rejected: "Good night" }],
    yields: [
      {
        prompt: ["user: Translate.\n\nBonjour"],
        answers: ["Good day", "Good night"],
        said: [{ annotator: "unnamed", outcome: 2 }],
      },
    ],
  },
  {
    name: "LLaMA-Factory, ranking in sharegpt's form",
    reason: "llama-factory",
    rows: [
      {
        conversations: [{ from: "human", value: "p" }],
        chosen: { from: "gpt", value: "A" },
        rejected: { from: "gpt", value: "B" },
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
  },
  {
    name: "LLaMA-Factory, ranking in alpaca's form with exchanges before",
    reason: "llama-factory",
    rows: [
      {
        ...{ instruction: "And?", input: "", chosen: "A", rejected: "B", system: "Be brief." },
        history: [["Why?", "So."]],
      },
    ],
    yields: [
      {
        prompt: ["system: Be brief.", "user: Why?", "assistant: So.", "user: And?"],
        answers: ["A", "B"],
        said: [{ annotator: "unnamed", outcome: 2 }],
      },
    ],
    refused: [
      {
        row: { instruction: "p", input: "", chosen: "A", rejected: "B", history: [["only asked"]] },
        field: "history.0",
        reason: "historyForm",
      },
      { row: { instruction: "p", chosen: "A", rejected: "B", history: "x" }, field: "history", reason: "historyForm" },
      { row: { instruction: "p", chosen: "A" }, field: "rejected", reason: "missing" },
    ],
  },
  {
    name: "LLaMA-Factory, alpaca's form with one output",
    reason: "llama-factory",
    rows: [{ instruction: "And?", input: "Here", output: "A", history: [["Why?", "So."]] }],
    yields: [{ prompt: ["user: Why?", "assistant: So.", "user: And?\n\nHere"], answers: ["A"], said: [] }],
  },
  {
    name: "LLaMA-Factory, sharegpt's form with an answer at its end",
    reason: "oneAnswer",
    rows: [
      {
        conversations: [
          { from: "human", value: "p" },
          { from: "gpt", value: "A" },
        ],
        system: "Be brief.",
      },
    ],
    yields: [{ prompt: ["system: Be brief.", "user: p"], answers: ["A"], said: [] }],
  },
  {
    name: "LLaMA-Factory, its newer pairs of messages in parts",
    reason: "conversations",
    rows: [
      Object.fromEntries(
        [
          ["chosen", "A"],
          ["rejected", "B"],
        ].map(([side, value]) => [
          side,
          [
            { role: "user", content: [{ type: "text", value: "p" }], loss_weight: 0 },
            { role: "assistant", content: [{ type: "text", value }], loss_weight: 1 },
          ],
        ]),
      ),
    ],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
    notTaken: ["unusedColumn chosen.*.loss_weight", "unusedColumn rejected.*.loss_weight"],
  },
  {
    name: "verl",
    reason: "verl",
    rows: [
      {
        ...{ data_source: "made up", prompt: [user("2 + 2?")], ability: "math" },
        reward_model: { style: "rule", ground_truth: "4" },
        extra_info: { split: "train", index: "1" },
      },
    ],
    yields: [{ prompt: ["user: 2 + 2?"], answers: [], said: [] }],
    notTaken: ["data_source", "ability", "reward_model.style", "extra_info.index"].map(
      (column) => `unusedColumn ${column}`,
    ),
  },
  {
    name: "ms-swift, with a margin",
    reason: "swift",
    rows: [1.5, 0.2].map((margin, place) => ({
      ...{ messages: [user(`p${place}`), assistant("A")], rejected_response: "B", margin },
    })),
    yields: [3, 1].map((outcome, place) => ({
      ...{ prompt: [`user: p${place}`], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome }] },
    })),
    refused: [
      { row: { messages: [user("p"), assistant("A")] }, field: "rejected_response", reason: "missing" },
      {
        row: { messages: [user("p"), assistant("A")], rejected_response: "B", margin: -1 },
        field: "margin",
        reason: "negativeMargin",
      },
    ],
  },
  {
    name: "ms-swift, rejected_response",
    reason: "swift",
    rows: [{ messages: [user("p"), assistant("A")], rejected_response: "B" }],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
  },
  {
    name: "ms-swift, rejected_messages",
    reason: "swift",
    rows: [{ messages: [user("p"), assistant("A")], rejected_messages: [user("p"), assistant("B")] }],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
  },
  {
    name: "TRL, conversational, implicit prompt",
    reason: "conversations",
    rows: [{ chosen: [user("p"), assistant("A")], rejected: [user("p"), assistant("B")] }],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
  },
  {
    name: "TRL, conversational, content in parts and words of the developer",
    reason: "conversations",
    rows: [
      {
        prompt: [
          { role: "developer", content: "Be brief." },
          { role: "user", content: [{ type: "text", text: "p" }] },
        ],
        chosen: [assistant("A")],
        rejected: [{ role: "assistant", content: [{ type: "text", text: "B" }] }],
      },
    ],
    yields: [
      { prompt: ["system: Be brief.", "user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] },
    ],
  },
  {
    name: "TRL, implicit prompt, texts",
    reason: "transcripts",
    rows: [{ chosen: "\n\nHuman: p\n\nAssistant: A", rejected: "\n\nHuman: p\n\nAssistant: B" }],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
  },
  {
    name: "TRL, prompt only",
    reason: "promptsOnly",
    rows: [{ prompt: [user("p")] }, { prompt: "q" }],
    yields: [
      { prompt: ["user: p"], answers: [], said: [] },
      { prompt: ["user: q"], answers: [], said: [] },
    ],
  },
  {
    name: "OpenRLHF, its usual keys",
    reason: "chosenRejected",
    rows: [{ prompt: "p", chosen: "A", rejected: "B", margin: 0.5 }],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
  },
];
