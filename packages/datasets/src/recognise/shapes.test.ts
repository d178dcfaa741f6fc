import type { ImportReceipt } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { makeReceipt } from "./make-receipt.ts";

async function receiptOf(rows: readonly object[]): Promise<ImportReceipt> {
  async function* read() {
    yield Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  return (await makeReceipt({ read, sha256: "" }, { source: null, asked: null, overlap: 3 })).receipt;
}

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown) => ({ role: "assistant", content });
const part = (text: string) => [{ type: "text", text }];
const reply = (text: string, rank: number) => ({ text, role: "assistant", rank, replies: [] });

/** Shapes in which data sets are published, in small inputs of our own, with what is taken and what is named as not taken. */
const shapes: readonly {
  readonly name: string;
  readonly rows: readonly object[];
  readonly counts: Partial<ImportReceipt["counts"]>;
  /** Warnings but for notes, with their column. */
  readonly asks: readonly string[];
}[] = [
  {
    name: "an answer with a label true or false (KTO)",
    rows: [
      { prompt: "p", completion: "A", label: true },
      { prompt: [user("q")], completion: [assistant("B")], label: false },
    ],
    counts: { prompts: 2, answers: 2, ratings: 0, others: 2, badRows: 0 },
    asks: [],
  },
  {
    name: "a conversation that ends with an answer, and a tag",
    rows: [
      {
        conversations: [
          { from: "human", value: "p" },
          { from: "gpt", value: "A" },
        ],
        kto_tag: true,
      },
    ],
    counts: { prompts: 1, tasks: 1, others: 1 },
    asks: [],
  },
  {
    name: "an answer with a score of ours",
    rows: [
      { prompt: "p", response: "A", rating: 4 },
      { prompt: "p", response: "B", rating: 1 },
    ],
    counts: { prompts: 1, answers: 2, tasks: 2, ratings: 2 },
    asks: [],
  },
  {
    name: "an answer with a score on another scale",
    rows: [{ prompt: "p", response: "A", score: 9.5 }],
    counts: { answers: 1, ratings: 0 },
    asks: ["unusedColumn score"],
  },
  {
    name: "an answer with scores of several aspects, 0 to 4",
    rows: [{ prompt: "p", response: "A", helpfulness: 0, verbosity: 4 }],
    counts: { answers: 1, ratings: 0 },
    asks: ["unusedColumn helpfulness", "unusedColumn verbosity"],
  },
  {
    name: "ranked answers, each an object",
    rows: [
      { prompt: "p", answers: ["A", "B", "C"].map((answer, index) => ({ answer, model: `m${index}`, rank: index })) },
    ],
    counts: { answers: 3, tasks: 1, others: 1 },
    asks: [],
  },
  {
    name: "a list of answers and the list of their ranks",
    rows: [{ instruction: "p", generations: ["A", "B", "C"], ranking: [2, 1, 3] }],
    counts: { answers: 3, tasks: 1, others: 1 },
    asks: [],
  },
  {
    name: "a tree of messages",
    rows: [{ message_tree_id: "t", prompt: { text: "p", role: "prompter", replies: [reply("A", 0), reply("B", 1)] } }],
    counts: { prompts: 1, votes: 1, badRows: 0 },
    asks: [],
  },
  {
    name: "a tree's messages, a row each",
    rows: [
      { message_id: "1", parent_id: null, text: "p", role: "prompter" },
      { message_id: "2", parent_id: "1", text: "A", role: "assistant" },
    ],
    counts: { prompts: 0, tasks: 0 },
    asks: ["noPrompt", "unusedColumn message_id", "unusedColumn parent_id", "unusedColumn role"],
  },
  {
    name: "two conversations that part before their last turn",
    rows: [
      {
        winner: "model_a",
        conversation_a: [user("p"), assistant("A"), user("q"), assistant("C")],
        conversation_b: [user("p"), assistant("B"), user("q"), assistant("D")],
      },
    ],
    counts: { badRows: 0, votes: 1 },
    asks: [],
  },
  {
    name: "two conversations in parts, both bad",
    rows: [
      {
        model_a: "m",
        model_b: "n",
        winner: "both_bad",
        conversation_a: [user(part("p")), assistant(part("A"))],
        conversation_b: [user(part("p")), assistant(part("B"))],
      },
    ],
    counts: { prompts: 1, answers: 2, tasks: 1, votes: 1 },
    asks: [],
  },
  {
    name: "judgements with a turn",
    rows: [
      {
        question_id: 81,
        winner: "model_b",
        judge: "e1",
        conversation_a: [user("p"), assistant("A")],
        conversation_b: [user("p"), assistant("B")],
        turn: 1,
      },
    ],
    counts: { tasks: 1, votes: 1, annotators: 1 },
    asks: ["unusedColumn question_id"],
  },
  {
    name: "two answers with a vote of 0 or 1 and their scores",
    rows: [1, 0].map((labels) => ({
      ...{ history: `p${labels}`, human_ref_A: "A", human_ref_B: "B" },
      ...{ labels, score_A: 10, score_B: 3 },
    })),
    counts: { tasks: 2, votes: 2 },
    asks: ["unusedColumn score_A", "unusedColumn score_B"],
  },
  {
    name: "a question that is an object, and a vote in two scores",
    rows: [{ question: { full_text: "p" }, answer_0: "A", answer_1: "B", score_0: 0.5, score_1: -0.5 }],
    counts: { tasks: 0 },
    asks: ["noPrompt", "unusedColumn question.full_text", "unusedColumn score_0", "unusedColumn score_1"],
  },
  {
    name: "a conversation with tools",
    rows: [{ messages: [user("p"), { role: "assistant", content: null }, assistant("A")], rejected_response: "B" }],
    counts: { tasks: 0 },
    asks: ["noPrompt", "unusedColumn messages", "unusedColumn rejected_response"],
  },
  {
    name: "an export of tasks with nested annotations",
    rows: [{ data: { prompt: "p", answer1: "A", answer2: "B" }, annotations: [{ by: 3, result: [{ said: "left" }] }] }],
    counts: { tasks: 1, votes: 0 },
    asks: ["voteValues annotations"],
  },
  {
    name: "pairs whose conversation stands there a third time, with their scores",
    rows: [
      {
        ...{ prompt: "p", chosen: [user("p"), assistant("A")], rejected: [user("p"), assistant("B")] },
        ...{ messages: [user("p"), assistant("A")], score_chosen: 8, score_rejected: 3 },
      },
    ],
    counts: { prompts: 1, answers: 2, tasks: 1, votes: 1 },
    asks: ["unusedColumn messages", "unusedColumn score_chosen", "unusedColumn score_rejected"],
  },
  {
    name: "a conversation with the roles human and assistant, keys role and text",
    rows: [
      {
        context: [{ role: "human", text: "p" }],
        chosen: { role: "assistant", text: "A" },
        rejected: { role: "assistant", text: "B" },
      },
    ],
    counts: { prompts: 1, answers: 2, tasks: 1, votes: 1 },
    asks: [],
  },
  {
    name: "two answers known by their ids alone, and a vote",
    rows: [
      { prompt: "p", id_a: 7, id_b: 9, winner: "a" },
      { prompt: "q", id_a: 7, id_b: 8, winner: "b" },
    ],
    counts: { prompts: 2, answers: 4, tasks: 2, votes: 2 },
    asks: [],
  },
  {
    name: "ids alone, without the prompt they are of",
    rows: [{ answer_1_id: "x", answer_2_id: "y", winner: "1" }],
    counts: { tasks: 0 },
    asks: ["noPrompt"],
  },
];

describe("a shape that is published", () => {
  it.each(shapes)("is taken or named: $name", async ({ rows, counts, asks }) => {
    const receipt = await receiptOf(rows);
    expect(receipt.counts).toMatchObject(counts);
    const asked = receipt.warnings.filter(({ weight }) => weight !== "note");
    expect(
      asked.map(({ code, values }) => (values.column === undefined ? code : `${code} ${values.column}`)).toSorted(),
    ).toEqual(asks.toSorted());
  });

  it("that names answers by id says how many have no text", async () => {
    const { warnings, mapping } = await receiptOf([{ prompt: "p", id_a: 7, id_b: 9, winner: "a" }]);
    expect(warnings).toMatchObject([{ code: "withoutText", weight: "note", values: { count: 2 } }]);
    expect(mapping).toMatchObject({ prompt: "prompt", aId: "id_a", bId: "id_b", votes: { columns: ["winner"] } });
  });
});
