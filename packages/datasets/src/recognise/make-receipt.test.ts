import { describe, expect, it } from "vitest";
import { makeReceipt } from "./make-receipt.ts";
import { assistant, codes, fileOf, recognise, texts, user } from "./receipt-of.fixture.ts";

describe("a row whose answers are the same", () => {
  it("is named with its line, whether it votes or asks, and is imported all the same", async () => {
    const row = (prompt: string, rejected: string) => ({ prompt, chosen: "Oslo.", rejected });
    const { rows, warnings } = await recognise([row("One?", "Oslo."), row("Two?", "Bergen."), row("Three?", "Oslo.")]);
    expect(warnings).toEqual([{ code: "identicalAnswers", weight: "note", values: { count: 2 }, lines: [1, 3] }]);
    expect(rows).toHaveLength(3);
  });
});

describe("a file is taken for what it is", () => {
  it("never makes a prompt of what two answers begin with (F5)", async () => {
    const row = {
      system: "You are brief.",
      question: "Name the capital of Norway.",
      chosen: "The capital of Norway is Oslo.",
      rejected: "The capital of Norway is Bergen.",
    };
    const { rows, warnings } = await recognise([row]);
    expect(rows[0]?.prompt).toEqual([{ role: "system", content: row.system }, user(row.question)]);
    expect(texts(rows[0])).toEqual([row.chosen, row.rejected]);
    expect(rows[0]?.votes).toEqual([{ annotator: "unnamed", outcome: 2 }]);
    expect(warnings).toEqual([]);
    const forced = await recognise([row], { format: "trl-preference" });
    expect(codes(forced.warnings)).toEqual([
      "badRows",
      "promptFromAnswers",
      "unusedColumn system",
      "unusedColumn question",
    ]);
  });

  it("keeps an instruction with its input, and votes by their words (F8)", async () => {
    const row = { instruction: "Translate to French.", input: "Good day.", response1: "Bonjour.", response2: "Salut." };
    const { rows, warnings } = await recognise([
      { ...row, annotator1: 1, annotator2: 2, annotator3: 0 },
      { ...row, input: "", annotator1: 1, annotator2: 1, annotator3: 1 },
    ]);
    expect(rows.map(({ prompt }) => prompt[0]?.content)).toEqual([
      "Translate to French.\n\nGood day.",
      "Translate to French.",
    ]);
    expect(rows[0]?.votes.map(({ outcome }) => outcome)).toEqual([2, -2, 0]);
    expect(warnings).toEqual([]);
  });

  it.each<[string, object, object]>([
    [
      "PKU-SafeRLHF",
      { prompt: "p", response_0: "A", response_1: "B", better_response_id: 1 },
      { votes: [{ annotator: "better_response_id", outcome: -2 }] },
    ],
    [
      "arena, single turn",
      {
        model_a: "m",
        model_b: "m",
        winner: "tie (bothbad)",
        conversation_a: [user("p"), assistant("A")],
        conversation_b: [user("p"), assistant("B")],
      },
      { votes: [{ annotator: "winner", outcome: 0, bothBad: true }] },
    ],
    ["CValues", { prompt: "p", pos_resp: "A", neg_resp: "B" }, { votes: [{ annotator: "unnamed", outcome: 2 }] }],
    [
      "ms-swift, rejected_response",
      { messages: [user("p"), assistant("A")], rejected_response: "B" },
      { votes: [{ annotator: "unnamed", outcome: 2 }] },
    ],
    [
      "ms-swift, rejected_messages",
      { messages: [user("p"), assistant("A")], rejected_messages: [user("p"), assistant("B")] },
      { votes: [{ annotator: "unnamed", outcome: 2 }] },
    ],
    [
      "sharegpt",
      {
        conversations: [{ from: "human", value: "p" }],
        chosen: { from: "gpt", value: "A" },
        rejected: { from: "gpt", value: "B" },
      },
      { votes: [{ annotator: "unnamed", outcome: 2 }] },
    ],
    [
      "OpenAI",
      {
        input: { messages: [user("p")] },
        preferred_output: [assistant("A")],
        non_preferred_output: [assistant("B")],
      },
      { votes: [{ annotator: "unnamed", outcome: 2 }] },
    ],
    [
      "HelpSteer2 preference",
      { prompt: "p", response_1: "A", response_2: "B", preference_strength: -3 },
      { votes: [{ annotator: "preference_strength", outcome: 3 }] },
    ],
    [
      "HelpSteer3",
      {
        context: [user("p")],
        response1: "A",
        response2: "B",
        overall_preference: -1,
        individual_preference: [{ score: -2 }, { score: 0 }],
      },
      {
        votes: [
          { annotator: "unnamed 1", outcome: 2 },
          { annotator: "unnamed 2", outcome: 0 },
        ],
      },
    ],
    [
      "中文列名",
      { 提示词: "p", 回答1: "A", 回答2: "B", 偏好: "差不多" },
      { votes: [{ annotator: "偏好", outcome: 0 }] },
    ],
  ])("takes %s with both answers and the vote", async (_, row, expected) => {
    const { rows } = await recognise([row]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ prompt: [user("p")], ...expected });
    expect(texts(rows[0])).toEqual(["A", "B"]);
  });

  it("keeps the models beside their answers, two answers of one model apart", async () => {
    const { rows } = await recognise([
      { prompt: "p", model_a: "m", model_b: "m", response_a: "A", response_b: "B", winner: "model_b" },
    ]);
    expect(rows[0]?.completions.map(({ text, model }) => [text, model])).toEqual([
      ["A", "m"],
      ["B", "m"],
    ]);
    expect(rows[0]?.votes[0]?.outcome).toBe(-2);
  });

  it("takes four answers, wide or listed, for a ring of four tasks (newcomer 1)", async () => {
    const wide = await recognise([{ id: 1, prompt: "p", answer_1: "A", answer_2: "B", answer_3: "C", answer_4: "D" }]);
    const listed = await recognise([{ prompt: "p", responses: ["A", "B", "C", "D"] }]);
    for (const { rows, counts, warnings } of [wide, listed]) {
      expect(texts(rows[0])).toEqual(["A", "B", "C", "D"]);
      expect(counts).toMatchObject({ prompts: 1, answers: 4, tasks: 4, wanted: 12 });
      expect(warnings).toEqual([]);
    }
  });

  it("takes numbers with more digits than they need, as data frames write them, for what the plain ones are", async () => {
    const scored = await recognise(['{"prompt":"p","response":"A","score":4.0}']);
    expect(scored.mapping).toEqual({ prompt: "prompt", completion: "response", score: "score" });
    expect(scored.rows[0]?.ratings).toMatchObject([{ score: 4 }]);
    const compared = await recognise([
      '{"id":12345678901234567890,"prompt":"p","response_0":1.0,"response_1":"B","better_response_id":1.0}',
    ]);
    expect(compared.columns.map(({ role, example }) => [role, example])).toEqual([
      ["id", "12345678901234567890"],
      ["prompt", "p"],
      ["answer", "1.0"],
      ["answer", "B"],
      ["vote", "1.0"],
    ]);
    expect(texts(compared.rows[0])).toEqual(["1.0", "B"]);
    expect(compared.rows[0]).toMatchObject({ itemId: "12345678901234567890", votes: [{ outcome: -2 }] });
  });

  it("does not guess what 0 and 1 mean, and says that the column looks like votes", async () => {
    const { receipt } = await makeReceipt(fileOf({ prompt: "p", response_a: "A", response_b: "B", label: 1 }), {
      source: null,
      asked: null,
      overlap: 3,
    });
    expect(codes(receipt.warnings)).toEqual(["voteValues label"]);
  });
});
