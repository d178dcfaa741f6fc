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
  {
    name: "UltraFeedback, raw",
    reason: "ultrafeedback",
    rows: [
      {
        source: "made up",
        instruction: "Name a prime.",
        models: ["m1", "m2"],
        completions: [
          {
            model: "m1",
            principle: "helpfulness",
            custom_system_prompt: "Be kind.",
            response: "Seven.",
            annotations: {
              instruction_following: { Rating: "5", Rationale: "It does." },
              honesty: { Rating: "4", Rationale: "" },
              truthfulness: { Type: ["1"], Rating: "5", Rationale: "True.", "Rationale For Rating": "None." },
              helpfulness: { Rating: "3", Rationale: "Short." },
            },
            fine_grained_score: 4.25,
            overall_score: 8,
            critique: "Say why.",
          },
          {
            model: "m2",
            principle: "honesty",
            custom_system_prompt: "Be honest.",
            response: "Nine.",
            annotations: {
              honesty: { Rating: "N/A", Rationale: "" },
              helpfulness: { Rating: "1", Rationale: "Wrong." },
            },
            fine_grained_score: 1,
            overall_score: 2,
            critique: "No.",
          },
        ],
        correct_answers: ["None"],
        incorrect_answers: ["None"],
      },
    ],
    yields: [
      {
        prompt: ["user: Name a prime."],
        answers: ["Seven. (m1)", "Nine. (m2)"],
        said: [
          {
            annotator: "unnamed",
            questionnaire: "ultrafeedback-aspects",
            sides: [0],
            ratings: { instruction_following: [5], honesty: [4], truthfulness: [5], helpfulness: [3] },
            comment: "instruction_following: It does.\n\ntruthfulness: True.\n\nhelpfulness: Short.",
          },
          {
            annotator: "unnamed",
            questionnaire: "ultrafeedback-aspects",
            sides: [1],
            ratings: { helpfulness: [1] },
            comment: "helpfulness: Wrong.",
          },
        ],
      },
    ],
    notTaken: [
      ...["source", "models", "correct_answers", "incorrect_answers"],
      ...["principle", "custom_system_prompt", "fine_grained_score", "overall_score", "critique"].map(
        (key) => `completions.*.${key}`,
      ),
    ].map((column) => `unusedColumn ${column}`),
    refused: [
      {
        row: {
          instruction: "p",
          completions: [{ model: "m", response: "A", annotations: { honesty: { Rating: "6", Rationale: "" } } }],
        },
        field: "completions.0.annotations.honesty.Rating",
        reason: "wholeOutOfRange",
      },
    ],
  },
  {
    name: "UltraFeedback, binarized",
    reason: "ultrafeedback-binarized",
    rows: [
      {
        ...{
          prompt: "p",
          prompt_id: "f00d",
          chosen: [user("p"), assistant("A")],
          rejected: [user("p"), assistant("B")],
        },
        ...{ messages: [user("p"), assistant("A")], score_chosen: 8.5, score_rejected: 3 },
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "unnamed", outcome: 2 }] }],
    notTaken: ["messages", "score_chosen", "score_rejected"].map((column) => `unusedColumn ${column}`),
  },
  {
    name: "HelpSteer2, aspects",
    reason: "helpsteer2",
    rows: [
      {
        ...{ prompt: "p", response: "A", helpfulness: 4, correctness: 3, coherence: 4, complexity: 0, verbosity: 1 },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A"],
        said: [
          {
            annotator: "unnamed",
            questionnaire: "helpsteer-aspects",
            sides: [0],
            ratings: { helpfulness: [5], correctness: [4], coherence: [5], complexity: [1], verbosity: [2] },
          },
        ],
      },
    ],
    refused: [
      {
        row: {
          prompt: "p",
          response: "A",
          helpfulness: 4,
          correctness: 3,
          coherence: 4,
          complexity: 0,
          verbosity: null,
        },
        field: "verbosity",
        reason: "wholeOutOfRange",
      },
    ],
  },
  {
    name: "HelpSteer2, preferences",
    reason: "helpsteer2-preference",
    rows: [
      {
        ...{ split: "train", prompt: "p", response_1: "A", response_2: "B", preference_strength: 2 },
        ...{ preference_statement: "Second.", preference_elaboration: "It is shorter." },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A", "B"],
        said: [{ annotator: "preference_strength", outcome: -2, comment: "It is shorter." }],
      },
    ],
    notTaken: ["unusedColumn preference_statement"],
  },
  {
    name: "HelpSteer3",
    reason: "helpsteer3",
    rows: [
      {
        domain: "general",
        language: "english",
        context: [user("p"), assistant("Yes?"), user("q")],
        response1: "A",
        response2: "B",
        overall_preference: 1,
        individual_preference: [
          { score: 1, reasoning: "B is clear.", feedback1: "Long.", feedback2: "Good." },
          { score: 2, reasoning: "B.", feedback1: "", feedback2: "" },
        ],
      },
    ],
    yields: [
      {
        prompt: ["user: p", "assistant: Yes?", "user: q"],
        answers: ["A", "B"],
        said: [
          { annotator: "unnamed 1", outcome: -1, comment: "B is clear." },
          { annotator: "unnamed 2", outcome: -2, comment: "B." },
        ],
      },
    ],
    notTaken: ["domain", "individual_preference.*.feedback1", "individual_preference.*.feedback2"].map(
      (column) => `unusedColumn ${column}`,
    ),
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
    name: "SHP",
    reason: "shp",
    rows: [1, 0].map((labels) => ({
      ...{ post_id: `post${labels}`, domain: "askbakers_train", upvote_ratio: 0.98, history: `p${labels}` },
      ...{ c_root_id_A: "a1", c_root_id_B: "b1", human_ref_A: "A", human_ref_B: "B", labels, score_ratio: 2.5 },
    })),
    yields: [
      { prompt: ["user: p1"], answers: ["A", "B"], said: [{ annotator: "labels", outcome: 2 }] },
      { prompt: ["user: p0"], answers: ["A", "B"], said: [{ annotator: "labels", outcome: -2 }] },
    ],
    notTaken: ["domain", "upvote_ratio", "c_root_id_A", "c_root_id_B", "score_ratio"].map(
      (column) => `unusedColumn ${column}`,
    ),
  },
  {
    name: "PKU-SafeRLHF",
    reason: "safe-rlhf",
    rows: [
      {
        ...{ prompt: "p", response_0: "A", response_1: "B", is_response_0_safe: true, is_response_1_safe: false },
        ...{ better_response_id: 1, safer_response_id: 0 },
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [{ annotator: "better_response_id", outcome: -2 }] }],
    notTaken: ["is_response_0_safe", "is_response_1_safe", "safer_response_id"].map(
      (column) => `unusedColumn ${column}`,
    ),
    refused: [
      {
        row: { prompt: "q", response_0: "A", response_1: null, better_response_id: 1 },
        field: "response_1",
        reason: "neitherTextNorId",
      },
    ],
  },
  {
    name: "summarize-from-feedback, comparisons",
    reason: "summarize",
    rows: [
      {
        info: { id: "t3_x", post: "A long post.", title: "Title", subreddit: "made_up" },
        summaries: [
          { text: " One.", policy: "sup1", note: "Clear." },
          { text: " Two.", policy: "ref", note: null },
        ],
        ...{ choice: 1, worker: "w1", batch: "batch3", split: "valid1", extra: { confidence: 7 } },
      },
    ],
    yields: [
      {
        prompt: ["user: Title\n\nA long post."],
        answers: ["One. (sup1)", "Two. (ref)"],
        said: [{ annotator: "w1", outcome: -2, comment: "Clear." }],
      },
    ],
    notTaken: ["info.subreddit", "batch", "extra.confidence"].map((column) => `unusedColumn ${column}`),
    refused: [
      {
        row: {
          info: { id: "t3_y", post: "Post." },
          summaries: [{ text: "One." }, { text: "Two." }],
          ...{ choice: 2, worker: "w1", split: "train" },
        },
        field: "choice",
        reason: "wholeOutOfRange",
      },
    ],
  },
  {
    name: "summarize-from-feedback, axes",
    reason: "summarize",
    rows: [
      {
        info: { id: "t3_x", post: "A long post.", title: null },
        summary: { text: "One.", policy: "sup1", note: "", axes: { overall: 6, accuracy: 7, coverage: null } },
        ...{ worker: "w1", split: "test" },
      },
    ],
    yields: [
      {
        prompt: ["user: A long post."],
        answers: ["One. (sup1)"],
        said: [
          { annotator: "w1", questionnaire: "summary-axes", sides: [0], ratings: { overall: [6], accuracy: [7] } },
        ],
      },
    ],
  },
  {
    name: "Chatbot Arena",
    reason: "arena",
    rows: [
      {
        ...{ question_id: "q1", model_a: "m1", model_b: "m2", winner: "tie (bothbad)", judge: "arena_user_1" },
        conversation_a: [user("p"), assistant("A")],
        conversation_b: [user("p"), assistant("B")],
        ...{ turn: 1, anony: true, language: "English", tstamp: 1 },
      },
      {
        ...{ question_id: "q2", model_a: "m1", model_b: "m2", winner: "model_b", judge: "arena_user_2" },
        conversation_a: [user("p"), assistant("A"), user("q"), assistant("C")],
        conversation_b: [user("p"), assistant("B"), user("q"), assistant("D")],
        ...{ turn: 2, anony: true, language: "English", tstamp: 2 },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A (m1)", "B (m2)"],
        said: [{ annotator: "arena_user_1", outcome: 0, bothBad: true }],
      },
      {
        prompt: ["user: p"],
        answers: ["A\n\nHuman: q\n\nAssistant: C (m1)", "B\n\nHuman: q\n\nAssistant: D (m2)"],
        said: [{ annotator: "arena_user_2", outcome: -2 }],
      },
    ],
    notTaken: ["question_id", "anony", "tstamp"].map((column) => `unusedColumn ${column}`),
  },
  {
    name: "Arena 140k",
    reason: "arena",
    rows: [
      {
        ...{ id: "v1", model_a: "m1", model_b: "m2", winner: "both_bad", evaluation_session_id: "s1" },
        conversation_a: [
          { role: "user", content: [{ type: "text", text: "p", image: null, mimeType: null }], num_tokens: 1 },
          { role: "assistant", content: [{ type: "text", text: "A", image: null, mimeType: null }], num_tokens: 1 },
        ],
        conversation_b: [
          { role: "user", content: [{ type: "text", text: "p", image: null, mimeType: null }], num_tokens: 1 },
          { role: "assistant", content: [{ type: "text", text: "B", image: null, mimeType: null }], num_tokens: 1 },
        ],
        ...{ evaluation_order: 1, language: "en", is_code: false },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A (m1)", "B (m2)"],
        said: [{ annotator: "winner", outcome: 0, bothBad: true }],
      },
    ],
    notTaken: ["evaluation_session_id", "evaluation_order", "is_code"].map((column) => `unusedColumn ${column}`),
  },
  {
    name: "MT-Bench, the first of two turns",
    reason: "arena",
    rows: [
      {
        ...{ question_id: 81, model_a: "m1", model_b: "m2", winner: "tie", judge: "expert_1", turn: 1 },
        conversation_a: [user("p"), assistant("A"), user("q"), assistant("C")],
        conversation_b: [user("p"), assistant("B"), user("q"), assistant("D")],
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["A (m1)", "B (m2)"], said: [{ annotator: "expert_1", outcome: 0 }] }],
    notTaken: ["unusedColumn question_id"],
  },
  {
    name: "PandaLM",
    reason: "pandalm",
    rows: [
      {
        ...{ idx: 3, motivation_app: "made up", cmp_key: "m1_m2", instruction: "Add.", input: "1 and 2" },
        ...{ response1: "3", response2: "12", annotator1: 1, annotator2: 0, annotator3: 2 },
      },
    ],
    yields: [
      {
        prompt: ["user: Add.\n\n1 and 2"],
        answers: ["3", "12"],
        said: [
          { annotator: "annotator1", outcome: 2 },
          { annotator: "annotator2", outcome: 0 },
          { annotator: "annotator3", outcome: -2 },
        ],
      },
    ],
    notTaken: ["unusedColumn motivation_app", "unusedColumn cmp_key"],
  },
  {
    name: "RewardBench",
    reason: "rewardbench",
    rows: [
      {
        ...{ prompt: "p", chosen: "A", chosen_model: "m1", rejected: "B", rejected_model: "m2" },
        ...{ subset: "refusals", id: 12 },
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["A (m1)", "B (m2)"], said: [{ annotator: "unnamed", outcome: 2 }] }],
    notTaken: ["unusedColumn subset"],
  },
  {
    name: "RewardBench 2",
    reason: "rewardbench-2",
    rows: [
      {
        ...{ id: "7", prompt: "p", chosen: ["A"], rejected: ["B", "C", "D"], num_correct: 1, num_incorrect: 3 },
        ...{ total_completions: 4, models: ["m1", "m2", "m3", "m4"], subset: "Math", additional_metadata: "{}" },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A (m1)", "B (m2)", "C (m3)", "D (m4)"],
        said: [{ annotator: "unnamed", questionnaire: "imported-ranking", sides: [0, 1, 2, 3], ranks: [1, 2, 2, 2] }],
      },
    ],
    notTaken: ["num_correct", "num_incorrect", "total_completions", "subset", "additional_metadata"].map(
      (column) => `unusedColumn ${column}`,
    ),
    refused: [{ row: { prompt: "p", chosen: ["A"], rejected: "B" }, field: "rejected", reason: "textList" }],
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
  {
    name: "OpenAssistant, a tree",
    reason: "oasst",
    rows: [
      {
        message_tree_id: "t1",
        tree_state: "ready_for_export",
        prompt: {
          ...{ message_id: "1", text: "p", role: "prompter", lang: "en" },
          replies: [
            {
              ...{ message_id: "2", parent_id: "1", text: "A", role: "assistant", rank: 1 },
              replies: [
                {
                  ...{ message_id: "5", text: "q", role: "prompter" },
                  replies: [{ message_id: "6", text: "D", role: "assistant", synthetic: true, model_name: "m1" }],
                },
              ],
            },
            { message_id: "3", parent_id: "1", text: "B", role: "assistant", rank: 0, replies: [] },
            { message_id: "4", parent_id: "1", text: "C", role: "assistant", rank: 2, replies: [] },
          ],
        },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A", "B", "C"],
        said: [{ annotator: "unnamed", questionnaire: "imported-ranking", sides: [0, 1, 2], ranks: [2, 1, 3] }],
      },
      { prompt: ["user: p", "assistant: A", "user: q"], answers: ["D (m1)"], said: [] },
    ],
    notTaken: ["unusedColumn tree_state"],
    refused: [
      { row: { message_tree_id: "t2", prompt: "p" }, field: "prompt", reason: "treeForm" },
      {
        row: {
          message_tree_id: "t3",
          prompt: {
            ...{ text: "p", role: "prompter" },
            replies: ["first", "second"].map((rank) => ({ text: rank, role: "assistant", rank })),
          },
        },
        field: "prompt.replies.rank",
        reason: "rankForm",
      },
    ],
  },
  {
    name: "PRM800K",
    reason: "prm800k",
    rows: [
      {
        labeler: "l1",
        timestamp: "2022-07-30T14:43:23",
        generation: null,
        is_quality_control_question: false,
        question: { problem: "2 + 3 · 4?", ground_truth_solution: "14", ground_truth_answer: "14" },
        label: {
          steps: [
            {
              completions: [
                { text: "Sum first.", rating: -1, flagged: null },
                { text: "3 · 4 is 12.", rating: 1, flagged: null },
              ],
              human_completion: null,
              chosen_completion: 1,
            },
            { completions: [{ text: "Let us add.", rating: 0 }], human_completion: null, chosen_completion: 0 },
            { completions: [{ text: "It is 15.", rating: -1 }], human_completion: null, chosen_completion: null },
          ],
          total_time: 1000,
          finish_reason: "found_error",
        },
      },
    ],
    yields: [
      {
        prompt: ["user: 2 + 3 · 4?"],
        answers: ["3 · 4 is 12.\n\nLet us add.\n\nIt is 15."],
        said: [
          {
            ...{ annotator: "l1", questionnaire: "imported-steps", sides: [0], choice: "labelled" },
            labels: ["good", "neutral", "bad"],
          },
        ],
      },
    ],
    notTaken: [
      ...["timestamp", "is_quality_control_question", "question.ground_truth_answer", "label.total_time"],
      "label.finish_reason",
    ].map((column) => `unusedColumn ${column}`),
    refused: [
      {
        row: {
          question: { problem: "p" },
          label: { steps: [{ completions: [{ text: "A", rating: null }], chosen_completion: 0 }] },
        },
        field: "label.steps.0.completions.0.rating",
        reason: "wholeOutOfRange",
      },
      {
        row: {
          question: { problem: "p" },
          label: { steps: [{ completions: [{ text: "A", rating: 1 }], chosen_completion: 4 }] },
        },
        field: "label.steps.0.chosen_completion",
        reason: "wholeOutOfRange",
      },
    ],
  },
  {
    name: "Open WebUI, feedback",
    reason: "open-webui",
    rows: [
      {
        ...{ id: "f1", user_id: "u1", version: 0, type: "rating", created_at: 1767225600 },
        data: { rating: -1, model_id: "m1", sibling_model_ids: null, reason: "not_helpful", comment: "Too short." },
        meta: { arena: false, chat_id: "c1", message_id: "b", message_index: 2 },
        snapshot: {
          chat: {
            id: "c1",
            chat: {
              history: {
                messages: {
                  a: { id: "a", parentId: null, childrenIds: ["b"], role: "user", content: "p" },
                  b: { id: "b", parentId: "a", childrenIds: [], role: "assistant", content: "A", model: "m1" },
                },
                currentId: "b",
              },
            },
          },
        },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A (m1)"],
        said: [
          {
            ...{ annotator: "u1", questionnaire: "good-or-bad", sides: [0], chosen: ["bad"] },
            comment: "not_helpful: Too short.",
          },
        ],
      },
    ],
    notTaken: ["version", "type", "meta.arena", "meta.message_index", "snapshot.chat.id"].map(
      (column) => `unusedColumn ${column}`,
    ),
    refused: [
      {
        row: {
          data: { rating: 1 },
          meta: { message_id: "gone" },
          snapshot: { chat: { chat: { history: { messages: { a: { role: "user", content: "p" } } } } } },
        },
        field: "meta.message_id",
        reason: "voteForNone",
      },
    ],
  },
  {
    name: "Langfuse, traces with scores",
    reason: "langfuse",
    rows: [
      {
        ...{ id: "tr1", name: "chat", input: { messages: [user("p")] }, output: { role: "assistant", content: "A" } },
        scores: [
          { name: "ok", value: 1, dataType: "BOOLEAN", source: "ANNOTATION", comment: "Yes.", authorUserId: "u1" },
        ],
      },
      {
        ...{ id: "tr2", name: "chat", input: "q", output: "B" },
        scores: [{ name: "stars", value: 4, dataType: "NUMERIC", source: "ANNOTATION", authorUserId: "u1" }],
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A"],
        said: [{ annotator: "u1", questionnaire: "good-or-bad", sides: [0], chosen: ["good"], comment: "Yes." }],
      },
      { prompt: ["user: q"], answers: ["B"], said: [{ annotator: "u1", completion: 0, score: 4 }] },
    ],
    notTaken: ["unusedColumn name", "unusedColumn scores.*.source"],
    refused: [
      {
        row: { id: "tr3", input: "p", output: "A", scores: [{ name: "f1", value: 0.5, dataType: "NUMERIC" }] },
        field: "scores.0.value",
        reason: "wholeOutOfRange",
      },
      {
        row: {
          ...{ id: "tr4", input: "p", output: "A" },
          scores: ["ok", "safe"].map((name) => ({ name, value: 1, dataType: "BOOLEAN" })),
        },
        field: "scores",
        reason: "scoresOfSeveral",
      },
    ],
  },
  {
    name: "Label Studio, pairwise",
    reason: "label-studio",
    rows: [
      {
        id: 12,
        data: { prompt: "p", answer1: "A", answer2: "B" },
        annotations: [
          {
            ...{ id: 1, completed_by: { id: 3, email: "ann@example.org" }, was_cancelled: false },
            result: [
              { type: "pairwise", value: { selected: "left" }, from_name: "rank", to_name: "a1" },
              { type: "textarea", value: { text: ["Shorter."] }, from_name: "why", to_name: "a1" },
            ],
          },
          { id: 2, completed_by: 4, was_cancelled: true, result: [] },
          {
            ...{ id: 3, completed_by: 5, was_cancelled: false },
            result: [{ type: "choices", value: { choices: ["tie"] } }],
          },
        ],
        predictions: [],
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A", "B"],
        said: [
          { annotator: "ann@example.org", outcome: 2, comment: "Shorter." },
          { annotator: "5", outcome: 0 },
        ],
      },
    ],
    notTaken: ["unusedColumn annotations.*.id"],
    refused: [
      {
        row: {
          data: { prompt: "q", answer1: "A", answer2: "B" },
          annotations: [{ completed_by: 3, result: [{ type: "choices", value: { choices: ["the third"] } }] }],
        },
        field: "annotations.0.result.0.value.choices",
        reason: "voteForNone",
      },
      {
        row: {
          data: { prompt: "q", answer1: "A", answer2: "B" },
          annotations: [{ completed_by: 3, result: [{ type: "brushlabels", value: {} }] }],
        },
        field: "annotations.0.result.0.type",
        reason: "toolResult",
      },
      {
        row: { data: { text: "q" }, annotations: [{ completed_by: 3, result: [] }] },
        field: "data",
        reason: "toolNoPrompt",
      },
    ],
  },
  {
    name: "Argilla, records",
    reason: "argilla",
    rows: [
      {
        ...{
          id: "r1",
          status: "completed",
          _server_id: "s",
          fields: { prompt: "p", "response-1": "A", "response-2": "B" },
        },
        responses: {
          ranking: [
            { value: ["response-2", "response-1"], user_id: "u1" },
            {
              value: [
                { rank: 1, value: "response-1" },
                { rank: 1, value: "response-2" },
              ],
              user_id: "u2",
            },
          ],
          why: [{ value: "The second says more than that.", user_id: "u1" }],
        },
      },
      {
        ...{ id: "r2", status: "pending", fields: { prompt: "q", "response-1": "A", "response-2": "B" } },
        responses: { best: [{ value: "response-1", user_id: "u1" }] },
      },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A", "B"],
        said: [
          { annotator: "u1", outcome: -2, comment: "The second says more than that." },
          { annotator: "u2", outcome: 0 },
        ],
      },
      { prompt: ["user: q"], answers: ["A", "B"], said: [{ annotator: "u1", outcome: 2 }] },
    ],
    notTaken: ["unusedColumn status", "unusedColumn _server_id"],
    refused: [
      {
        row: {
          fields: { prompt: "p", "response-1": "A", "response-2": "B" },
          responses: { best: [{ value: ["response-3"], user_id: "u1" }] },
        },
        field: "responses.best.0.value",
        reason: "voteForNone",
      },
    ],
  },
  {
    name: "OpenAI's Evals",
    reason: "evals",
    rows: [{ input: [{ role: "system", content: "Be brief." }, user("p")], ideal: "A" }],
    yields: [{ prompt: ["system: Be brief.", "user: p"], answers: [], said: [] }],
  },
];
