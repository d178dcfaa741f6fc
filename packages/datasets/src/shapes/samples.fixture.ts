/** A small file in just a published shape, written by us, with what it must yield. */
export interface Sample {
  readonly name: string;
  readonly reason: string;
  readonly rows: readonly object[];
  /** In short: `inShort` of the test. */
  readonly yields: readonly object[];
  /** What the receipt asks to agree to: columns that nothing is taken from, and so on. */
  readonly notTaken?: readonly string[];
  /** Rows that are refused. */
  readonly refused?: readonly { readonly row: object; readonly field: string; readonly reason: string }[];
}

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

export const samples: readonly Sample[] = [
  {
    name: "Nectar",
    reason: "ranked",
    rows: [
      {
        prompt: "\n\nHuman: Which river is the longest?\n\nAssistant: ",
        answers: [
          { answer: "The Nile.", model: "m1", rank: 1.0 },
          { answer: "The Rhine.", model: "m2", rank: 3.0 },
          { answer: "The Amazon.", model: "m3", rank: 2.0 },
        ],
        turns: 1,
        num_responses: 3,
        source: ["made up"],
        good_natured: true,
      },
    ],
    yields: [
      {
        prompt: ["user: Which river is the longest?"],
        answers: ["The Nile. (m1)", "The Rhine. (m2)", "The Amazon. (m3)"],
        said: [{ annotator: "unnamed", questionnaire: "imported-ranking", sides: [0, 1, 2], ranks: [1, 3, 2] }],
      },
    ],
    notTaken: ["turns", "num_responses", "source", "good_natured"].map((column) => `unusedColumn ${column}`),
    refused: [
      {
        row: {
          prompt: "p",
          answers: ["A", "B", "A"].map((answer, index) => ({ answer, model: "m", rank: index + 1 })),
        },
        field: "answers.2",
        reason: "rankTwice",
      },
      {
        row: {
          prompt: "p",
          answers: [
            { answer: "A", rank: "best" },
            { answer: "B", rank: 2 },
          ],
        },
        field: "answers.0.rank",
        reason: "rankForm",
      },
      {
        row: { prompt: "p", answers: Array.from({ length: 10 }, (_, rank) => ({ answer: `${rank}`, rank })) },
        field: "answers",
        reason: "tooManyRanked",
      },
    ],
  },
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
];
