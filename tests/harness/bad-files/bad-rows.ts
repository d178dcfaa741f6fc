import { type BadFile, good, lines, table } from "./bad-file.ts";

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown) => ({ role: "assistant", content });
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
const scored = { prompt: "q", completion: "t", score: "s" };
const votes = (count: number) => Array.from({ length: count }, (_, index) => ({ who: `w${index}`, said: "a" }));
const listed = { prompt: "q", a: "x", b: "y", votes: { list: "v", annotator: "who", value: "said" } };
const byId = { prompt: "q", aId: "i", bId: "j", a: "x", b: "y", winner: "a" };
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

/** A bad row behind good ones of the same file. */
const row = (
  name: string,
  rows: readonly (object | string)[],
  field: string | null,
  reason: string,
  cure: RegExp,
  ...says: string[]
): BadFile => ({ name, bytes: () => lines(...rows), line: rows.length, field, reason, cure, says });

/** Rows that are sound JSON, and say what cannot be. */
export const badRows: readonly BadFile[] = [
  row("NUL in an answer", [good, { ...good, chosen: "a\0b" }], "chosen", "nulCharacter", /Remove it/, "NUL"),
  row("NUL in a name", [good, { ...good, annotator: "w\0" }], "annotator", "nulCharacter", /Remove it/, "NUL"),
  row(
    "the first half of a surrogate pair",
    [good, { ...good, rejected: "\ud83d" }],
    "rejected",
    "halfSurrogate",
    /Mend the text/,
  ),
  row(
    "the second half of a surrogate pair",
    [good, { ...good, prompt: "\ude00 p" }],
    "prompt",
    "halfSurrogate",
    /Mend the text/,
  ),
  row(
    "no worse answer",
    [good, { prompt: "p", chosen: "a" }],
    "rejected",
    "missing",
    /Fill it in, or leave the line out/,
  ),
  row("a prompt that is empty", [good, { ...good, prompt: "  " }], "prompt", "empty", /Fill it in/),
  row(
    "an answer that is an object",
    [good, { ...good, chosen: { a: 1 }, rejected: "b" }],
    "chosen",
    "notText",
    /must be text/,
  ),
  row(
    "a column that is a text here and a list there",
    [good, good, { ...good, chosen: [assistant("a")] }],
    "rejected",
    "rejectedUnlikeChosen",
    /must be text or messages, like chosen/,
  ),
  row(
    "a prompt that is a list of texts",
    [good, { ...good, prompt: ["p", "q"] }],
    "prompt.0",
    "messageEntry",
    /must be an object with role and content/,
  ),
  row(
    "a text of 100,001 characters",
    [good, { ...good, chosen: "x".repeat(100_001) }],
    "chosen",
    "textTooLong",
    /Shorten it/,
    "100000",
  ),
  row(
    "a role that nobody has",
    [good, { ...good, prompt: [{ role: "critic", content: "p" }] }],
    "prompt.0.role",
    "unknownRole",
    /must be one of system, user/,
    "critic",
  ),
  row("a turn without words", [good, { ...good, prompt: [user("")] }], "prompt.0.content", "empty", /Fill it in/),
  row(
    "a conversation without turns",
    [good, { ...good, prompt: [] }],
    "prompt",
    "messageList",
    /must be a list of messages/,
  ),
  row(
    "two answers without a prompt",
    [good, { chosen: "a", rejected: "b" }],
    "prompt",
    "noSharedWholeTurn",
    /Add a column “prompt”/,
  ),
  row(
    "a split that there is not",
    [good, { ...good, split: "holdout" }],
    "split",
    "unknownSplitSaid",
    /must be one of train, validation, test/,
    "holdout",
  ),
  row("a margin below 0", [good, { ...good, margin: -0.5 }], "margin", "negativeMargin", /0 or more/, "-0.5"),
  row(
    "a margin of 1e400",
    [good, '{"prompt":"p","chosen":"a","rejected":"b","margin":1e400}'],
    "margin",
    "negativeMargin",
    /0 or more/,
    "1e400",
  ),
  row("a margin in words", [good, { ...good, margin: "clear" }], "margin", "negativeMargin", /0 or more/, "clear"),
  row(
    "a time that is none",
    [good, { ...good, created_at: "yesterday" }],
    "created_at",
    "notTime",
    /2026-01-31T12:00:00Z/,
    "yesterday",
  ),
  row(
    "a mark that is neither true nor false",
    [good, { ...good, sensitive: "maybe" }],
    "sensitive",
    "notBooleanOptional",
    /must be true or false/,
    "maybe",
  ),
  row(
    "an id of 201 characters",
    [good, { ...good, external_id: "x".repeat(201) }],
    "external_id",
    "textTooLong",
    /Shorten it/,
    "200",
  ),
  row(
    "a call of a tool in a turn of the user",
    [
      good,
      {
        ...good,
        prompt: [
          {
            role: "user",
            content: "p",
            tool_calls: [{ id: "1", type: "function", function: { name: "f", arguments: "{}" } }],
          },
        ],
      },
    ],
    "prompt.0.tool_calls",
    "toolCallsElsewhere",
    /Give the turn that role/,
    "user",
  ),
  row(
    "a call in OpenAI's former way",
    [
      good,
      {
        ...good,
        prompt: [
          user("p"),
          { role: "assistant", content: null, function_call: { name: "f", arguments: "{}" } },
          user("q"),
        ],
      },
    ],
    "prompt.1.function_call",
    "functionCallFormer",
    /Write it as tool_calls/,
    "tool_calls",
  ),
  row(
    "an image from the file system",
    [
      good,
      {
        ...good,
        prompt: [{ role: "user", content: [{ type: "image_url", image_url: { url: "file:///etc/passwd" } }] }],
      },
    ],
    "prompt.0.content.0",
    "mediaElsewhere",
    /upload it beside the rows/,
    "file:///etc/passwd",
  ),
  row(
    "an image that is not there",
    [good, { ...good, prompt: [{ role: "user", content: [{ type: "image", image: "cat.png" }] }] }],
    "prompt.0.content.0",
    "mediaNotThere",
    /Upload it beside the rows/,
    "cat.png",
  ),
  row(
    "a page called PNG",
    [
      good,
      {
        ...good,
        prompt: [
          {
            role: "user",
            content: [
              {
                type: "image_url",
                image_url: {
                  url: `data:image/png;base64,${Buffer.from("<html><script>1</script></html>").toString("base64")}`,
                },
              },
            ],
          },
        ],
      },
    ],
    "prompt.0.content.0",
    "mediaUnknown",
    /Save it as one of these/,
    "PNG",
  ),
  row(
    "an id that names two answers",
    [
      { q: "p", i: "1", x: "A", j: "2", y: "B" },
      { q: "p", i: "1", x: "C", j: "3", y: "D" },
    ],
    "i",
    "answerWithTwoTexts",
    /make the ids different/,
    "1",
  ),
  row(
    "a prompt in two clusters",
    [
      { ...good, cluster: "one" },
      { ...good, cluster: "two", chosen: "c" },
    ],
    "cluster",
    "promptInTwoClusters",
    /Name the same cluster/,
    "one",
    "two",
  ),
  row(
    "a cluster in two splits",
    [
      { ...good, cluster: "one", split: "train" },
      { ...good, prompt: "q", cluster: "one", split: "test" },
    ],
    "split",
    "clusterInTwoSplits",
    /Give all rows of the cluster the same split/,
    "one",
    "train",
    "test",
  ),
  row(
    "a prompt in two splits",
    [
      { ...good, split: "train" },
      { ...good, chosen: "c", split: "validation" },
    ],
    "split",
    "promptInTwoSplits",
    /Give all rows of the prompt the same split/,
    "train",
    "validation",
  ),
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
  {
    ...row(
      "a score off its scale",
      [
        { q: "p", t: "A", s: 5 },
        { q: "p", t: "B", s: 9 },
      ],
      "s",
      "scoreOfOtherScale",
      /Bring other scales to these five/,
      "9",
    ),
    mapping: scored,
  },
  {
    ...row(
      "a score of 1e400",
      [{ q: "p", t: "A", s: 5 }, '{"q":"p","t":"B","s":1e400}'],
      "s",
      "scoreOfOtherScale",
      /Bring other scales to these five/,
      "1e400",
    ),
    mapping: scored,
  },
  {
    ...row(
      "more votes than a task holds",
      [{ q: "p", x: "A", y: "B", v: votes(33_000) }],
      null,
      "tooManyVotes",
      /Leave some out/,
      "33000",
      "32767",
    ),
    mapping: listed,
  },
  {
    ...row(
      "a vote that means nothing",
      [{ q: "p", x: "A", y: "B", v: [{ who: "w", said: "perhaps" }] }],
      null,
      "mappingUnknownValue",
      /Say in the mapping, under “values”, what it means/,
      "perhaps",
    ),
    mapping: listed,
    line: null,
  },
  {
    ...row(
      "a mapping of a column that is not there",
      [{ q: "p", t: "A", s: 5 }],
      null,
      "warning.unknownColumn",
      /Name one of these/,
      "stars",
    ),
    ...{ mapping: { ...scored, score: "stars" }, line: null },
  },
  {
    name: "a table whose third row has no answer",
    bytes: () => table("prompt,chosen,rejected", "p,a,b", "q,a,", "r,a,b"),
    ...{ reason: "missing", line: 3, field: "rejected", cure: /Fill it in/ },
  },
].map((one) => (one.name === "an id that names two answers" ? { ...one, mapping: byId } : one));
