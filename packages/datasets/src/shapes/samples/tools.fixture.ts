import { type Sample, user } from "./sample.fixture.ts";

/** What tools for labelling, chatting and tracing give out. */
export const tools: readonly Sample[] = [
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
    name: "OpenAI's Evals, outputs annotated",
    reason: "evals",
    rows: [
      { item: { input: "p", ideal: "I" }, sample: { output_text: "A" }, rating: "Good", output_feedback: "Short." },
      { item: { input: "q", ideal: "J" }, sample: { output_text: "B" }, rating: "Bad", output_feedback: null },
      { item: { input: "r", ideal: "K" }, sample: { output_text: "C" }, rating: null, output_feedback: "" },
    ],
    yields: [
      {
        prompt: ["user: p"],
        answers: ["A"],
        said: [{ annotator: "unnamed", questionnaire: "good-or-bad", sides: [0], chosen: ["good"], comment: "Short." }],
      },
      {
        prompt: ["user: q"],
        answers: ["B"],
        said: [{ annotator: "unnamed", questionnaire: "good-or-bad", sides: [0], chosen: ["bad"] }],
      },
      { prompt: ["user: r"], answers: ["C"], said: [] },
    ],
    refused: [
      {
        row: { item: { input: "s", ideal: "L" }, sample: { output_text: "D" }, output_feedback: "Wrong." },
        field: "output_feedback",
        reason: "feedbackWithoutRating",
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
