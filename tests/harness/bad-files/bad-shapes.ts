import { assistant, type BadFile, row, user } from "./bad-file.ts";

const ranked = { prompt: "p", responses: ["A", "B", "C"], ranks: [1, 2, 3] };
const steps = { prompt: "p", completions: ["One.", "Two."], labels: [true, false] };
const arena = {
  ...{ model_a: "m1", model_b: "m2", winner: "model_a" },
  conversation_a: [user("p"), assistant("A")],
  conversation_b: [user("p"), assistant("B")],
};
const tree = (prompt: object) => ({ message_tree_id: "t", prompt: { text: "p", role: "prompter", ...prompt } });
const task = (result: object) => ({
  data: { prompt: "p", answer1: "A", answer2: "B" },
  annotations: [{ completed_by: 1, result: [result] }],
});
const chosen = (selected: string) => ({ type: "pairwise", value: { selected } });
const feedback = (message_id: string) => ({
  ...{ data: { rating: 1 }, meta: { message_id } },
  snapshot: {
    chat: {
      chat: {
        history: {
          messages: {
            a: { id: "a", parentId: null, role: "user", content: "p" },
            b: { id: "b", parentId: "a", role: "assistant", content: "A" },
          },
        },
      },
    },
  },
});
const helpsteer = {
  prompt: "p",
  response: "A",
  helpfulness: 4,
  correctness: 3,
  coherence: 4,
  complexity: 0,
  verbosity: 1,
};
const atif = {
  ...{ schema_version: "ATIF-v1.7", agent: { name: "a", version: "1", model_name: "m" } },
  steps: [
    { step_id: 1, source: "user", message: "p" },
    { step_id: 2, source: "agent", message: "A" },
  ],
};
const safe = { prompt: "p", response_0: "A", response_1: "B", better_response_id: 1 };

/** Rows of published shapes and of other tools that say what cannot be there. */
export const badShapes: readonly BadFile[] = [
  row(
    "a rank of 1e400",
    [ranked, '{"prompt":"p","responses":["A","B","C"],"ranks":[1,2,1e400]}'],
    "ranks.2",
    "rankForm",
    /must be a whole number of 0 or more/,
    "1e400",
  ),
  row(
    "a rank in words",
    [ranked, { ...ranked, ranks: ["best", 2, 3] }],
    "ranks.0",
    "rankForm",
    /must be a whole number of 0 or more/,
    "best",
  ),
  row(
    "a rank between two",
    [ranked, { ...ranked, ranks: [1.5, 2, 3] }],
    "ranks.0",
    "rankForm",
    /must be a whole number of 0 or more/,
    "1.5",
  ),
  row(
    "fewer ranks than answers",
    [ranked, { ...ranked, ranks: [1, 2] }],
    "ranks",
    "rankCount",
    /Give each answer its rank, or null/,
    "2",
    "3",
  ),
  row(
    "ranks that are no list",
    [ranked, { ...ranked, ranks: "1,2,3" }],
    "ranks",
    "rankList",
    /must be a list with a rank for each answer/,
  ),
  row(
    "ranks that contradict",
    [ranked, { ...ranked, responses: ["A", "B", "A"] }],
    "ranks.2",
    "rankTwice",
    /Give equal answers one rank/,
    "1",
    "3",
  ),
  row(
    "ten answers in one ranking",
    [
      ranked,
      { prompt: "p", responses: Array.from("abcdefghij"), ranks: Array.from({ length: 10 }, (_, place) => place) },
    ],
    "ranks",
    "tooManyRanked",
    /Split it into rows of fewer answers/,
    "10",
    "9",
  ),
  row(
    "a vote for a model that is not there",
    [arena, { ...arena, winner: "model_c" }],
    "winner",
    "winnerUnknown",
    /must be one of model_a, model_b/,
    "model_c",
  ),
  row(
    "a vote for an answer that is not there",
    [task(chosen("left")), task(chosen("middle"))],
    "annotations.0.result.0.value.selected",
    "voteForNone",
    /Name one that it has/,
    "middle",
  ),
  row(
    "thumbs up for a message that is not there",
    [feedback("b"), feedback("gone")],
    "meta.message_id",
    "voteForNone",
    /Name one that it has/,
    "gone",
  ),
  row(
    "a result that is none of a choice",
    [task(chosen("left")), task({ type: "brushlabels", value: {} })],
    "annotations.0.result.0.type",
    "toolResult",
    /Take the others out/,
    "brushlabels",
  ),
  row(
    "a better answer that is missing",
    [safe, { ...safe, response_1: null }],
    "response_1",
    "neitherTextNorId",
    /Give it one/,
  ),
  row(
    "an aspect beyond its scale",
    [helpsteer, { ...helpsteer, verbosity: 7 }],
    "verbosity",
    "wholeOutOfRange",
    /from 0 to 4/,
    "7",
    "4",
  ),
  row(
    "an aspect that is missing",
    [helpsteer, { ...helpsteer, coherence: null }],
    "coherence",
    "wholeOutOfRange",
    /from 0 to 4/,
    "null",
  ),
  row(
    "fewer labels than steps",
    [steps, { ...steps, labels: [true] }],
    "labels",
    "labelCount",
    /Give one for each/,
    "1",
    "2",
  ),
  row(
    "a label that is no label",
    [steps, { ...steps, labels: [true, "so so"] }],
    "labels.1",
    "notBoolean",
    /must be true or false/,
    "so so",
  ),
  row(
    "steps that cannot be told apart",
    [steps, { ...steps, completions: ["One:\n\nfirst.", "Two."] }],
    "completions",
    "stepsNotCut",
    /Take the line ends out of each step/,
  ),
  row(
    "a tree without a question",
    [tree({ replies: [] }), { message_tree_id: "u", prompt: "p" }],
    "prompt",
    "treeForm",
    /must be a tree of messages/,
  ),
  row(
    "a speaker that trees do not know",
    [tree({}), tree({ role: "critic" })],
    "prompt.role",
    "unknownRole",
    /prompter, assistant/,
    "critic",
  ),
  row(
    "steps of an agent that are not counted",
    [atif, { ...atif, steps: [{ step_id: 2, source: "user", message: "p" }] }],
    "steps.0.step_id",
    "atifStepId",
    /numbered from 1/,
    "1",
  ),
  row(
    "a step of nobody",
    [atif, { ...atif, steps: [{ step_id: 1, source: "robot", message: "p" }] }],
    "steps.0.source",
    "atifSource",
    /must be user, agent or system/,
  ),
  row(
    "exchanges that are none",
    [
      { instruction: "p", chosen: "A", rejected: "B" },
      { instruction: "p", chosen: "A", rejected: "B", history: [["only asked"]] },
    ],
    "history.0",
    "historyForm",
    /must be a list of exchanges/,
  ),
  row(
    "a wanted that is neither",
    [
      { prompt: "p", completion: "A", label: true },
      { prompt: "q", completion: "B", label: true },
      { prompt: "r", completion: "C", label: "so so" },
    ].slice(0, 3),
    "label",
    "notBooleanWanted",
    /must be true \(wanted\) or false/,
    "so so",
  ),
];
