import { assistant, type Sample, user } from "./sample.fixture.ts";

/** Published ratings by aspect, and what was made of them. */
export const aspects: readonly Sample[] = [
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
    name: "HelpSteer3, feedback",
    reason: "helpsteer3-feedback",
    rows: [
      {
        ...{ domain: "general", language: "english", context: [user("p")], response1: "A", response2: "B" },
        ...{ feedback1: ["Mostly helpful.", "Long."], feedback2: ["Wrong."] },
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["A", "B"], said: [] }],
    notTaken: ["unusedColumn domain"],
  },
  {
    name: "HelpSteer3, edits",
    reason: "helpsteer3-edit",
    rows: [
      {
        ...{ domain: "stem", language: "english", context: [user("p")], original_response: "A", edited_response: "B" },
        ...{ feedback: ["Too short."], change_summary: "Says more." },
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["B", "A"], said: [{ annotator: "unnamed", outcome: 2 }] }],
    notTaken: ["unusedColumn domain"],
  },
  {
    name: "HelpSteer3, edits by quality",
    reason: "helpsteer3-edit-quality",
    rows: [
      {
        ...{ domain: "code", language: "python", context: [user("p")], original_response: "A", feedback: ["So."] },
        ...{ good_edited_response: "B", bad_edited_response: "C" },
      },
    ],
    yields: [{ prompt: ["user: p"], answers: ["B", "C"], said: [{ annotator: "unnamed", outcome: 2 }] }],
    notTaken: ["unusedColumn domain", "unusedColumn original_response"],
  },
];
