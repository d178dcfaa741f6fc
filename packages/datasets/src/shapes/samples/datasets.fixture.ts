import { assistant, type Sample, user } from "./sample.fixture.ts";

/** Published votes, rankings and steps. */
export const datasets: readonly Sample[] = [
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
        info: { id: "t3_z", post: "A long post.", title: null },
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
    notTaken: [
      ...["evaluation_session_id", "evaluation_order", "is_code"],
      ...["conversation_a.*.num_tokens", "conversation_b.*.num_tokens"],
    ].map((column) => `unusedColumn ${column}`),
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
];
