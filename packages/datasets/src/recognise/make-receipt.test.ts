import { createHash } from "node:crypto";
import type { ReceiptWarning } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import type { ImportSource } from "../formats/import-source.ts";
import { parseMapping } from "../formats/mapping.ts";
import type { ImportRow } from "../import-row.ts";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "./make-receipt.ts";

/** A text is a line as it stands, for numbers that JavaScript would write in another way. */
function fileOf(...values: unknown[]) {
  const lines = values.map((value) => (typeof value === "string" ? value : JSON.stringify(value)));
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  async function* read() {
    yield bytes;
  }
  return { read, sha256: createHash("sha256").update(bytes).digest("hex") };
}
async function recognise(values: readonly unknown[], source: ImportSource | null = null) {
  const file = fileOf(...values);
  const recognition = await makeReceipt(file, { source, asked: null, overlap: 3 });
  const rows: ImportRow[] = [];
  for await (const row of readImport(file.read(), recognition.source, { leaveOut: true })) rows.push(row);
  return { ...recognition.receipt, refusal: recognition.refusal, rows };
}
const columns = (mapping: object): ImportSource => ({
  format: "columns",
  mapping: parseMapping(JSON.stringify(mapping)),
});
const codes = (warnings: readonly ReceiptWarning[]) =>
  warnings.map(({ code, values }) => (values.column === undefined ? code : `${code} ${values.column}`));
const texts = (row: ImportRow | undefined) => row?.completions.map(({ text }) => text);
const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

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

describe("a receipt says what would be lost", () => {
  it("names the columns and the keys of entries that nothing is taken from", async () => {
    const { warnings } = await recognise([
      { prompt: "p", responses: [{ text: "A", tokens: 7 }, { text: "B" }], moon: "full", sky: { colour: "blue" } },
    ]);
    expect(codes(warnings)).toEqual([
      "unusedColumn responses.*.tokens",
      "unusedColumn moon",
      "unusedColumn sky.colour",
    ]);
  });

  it("names what turns hold beside their words, with the rows that it is in, and keeps it where that is said", async () => {
    const thought = { ...assistant("A"), thinking: "Hm.", refusal: null, tool_calls: [] };
    const rows = [
      { prompt: [{ ...user("p"), name: "ann" }, thought, user("q")], chosen: thought, rejected: assistant("B") },
      { prompt: [user("p"), thought, thought, user("r")], chosen: assistant("C"), rejected: assistant("D") },
    ];
    const { warnings } = await recognise(rows, columns({ prompt: "prompt", a: "chosen", b: "rejected", winner: "a" }));
    expect(warnings.map(({ code, values }) => [code, values.column, values.rows])).toEqual([
      ["unusedColumn", "prompt.*.name", 1],
      ["unusedColumn", "prompt.*.thinking", 2],
      ["unusedColumn", "chosen.*.thinking", 1],
    ]);
    const kept = await recognise(
      rows,
      columns({
        ...{ prompt: "prompt", a: "chosen", b: "rejected", winner: "a", ignore: ["prompt.*.name"] },
        metadata: ["prompt.*.thinking", "chosen.*.thinking"],
      }),
    );
    expect(codes(kept.warnings)).toEqual([]);
    expect(JSON.parse(JSON.stringify(kept.rows.map(({ metadata }) => metadata)))).toEqual([
      { "prompt.*.thinking": [null, "Hm.", null], "chosen.*.thinking": ["Hm."] },
      { "prompt.*.thinking": [null, "Hm.", "Hm.", null] },
    ]);
  });

  it("names a conversation of which nothing but a key beside its words is kept", async () => {
    const { warnings } = await recognise(
      [{ q: "p", x: "A", y: "B", talk: [{ ...user("Hm."), weight: 1, seen: true }] }],
      columns({ prompt: "q", a: "x", b: "y", metadata: ["talk.*.weight"] }),
    );
    expect(codes(warnings)).toEqual(["unusedColumn talk"]);
  });

  it("counts the rows of one task whose metadata differs from that of the first", async () => {
    const row = { q: "p", x: "A", y: "B" };
    const { warnings } = await recognise(
      [{ ...row, batch: 1 }, { ...row, batch: 2 }, row],
      columns({ prompt: "q", a: "x", b: "y", metadata: ["batch"] }),
    );
    expect(warnings).toEqual([
      { code: "firstCounts", weight: "confirm", values: { field: "metadata", count: 1 }, lines: [2] },
    ]);
  });

  it("says that answers come to no task", async () => {
    const { warnings } = await recognise([{ prompt: "p", completions: ["A"] }]);
    expect(codes(warnings)).toEqual(["noTasks"]);
  });

  it("says that equal answers are taken once", async () => {
    const { rows, warnings } = await recognise([{ prompt: "p", completions: ["A", "B", "A"] }], { format: "prompts" });
    expect(texts(rows[0])).toEqual(["A", "B"]);
    expect(warnings).toMatchObject([{ code: "repeatedAnswers", values: { count: 1 } }]);
  });

  it.each<[string, object]>([
    ["KTO's booleans", { prompt: "p", completion: "A", label: true }],
    ["scores from 0 to 4", { prompt: "p", response: "A", helpfulness: 0 }],
    ["a ranking", { prompt: "p", answers: ["A", "B", "C"], rank: [2, 1, 3] }],
    [
      "a second question",
      { prompt: "p", response_0: "A", response_1: "B", better_response_id: 1, safer_response_id: 0 },
    ],
  ])("warns by name of %s, or takes it", async (_, row) => {
    const { warnings, rows, columns: received, badRows } = await recognise([row]);
    const last = Object.keys(row).at(-1) ?? "";
    const named = warnings.some(({ values }) => values.column === last) || badRows.some(({ field }) => field === last);
    const isTaken = rows.some(({ judgements = [] }) => judgements.length > 0);
    expect({ named, isTaken, warnings: codes(warnings), received }).toMatchObject(
      isTaken ? { named: false } : { named: true },
    );
  });

  it("names each name of a mapping that no row has, whatever row is first, with the nearest (F9)", async () => {
    const rows = [
      { q: "typo row", x: "A", y: "B", w: 1, who: "ann", votes: [{ who: "v1", said: "a" }] },
      { q: "typo row", x: "A", y: "B", w: 1, who: "bob", votes: [{ who: "v1", said: "a" }] },
    ];
    const pair = { prompt: "q", a: "x", b: "y" };
    const slips: [object, string, string][] = [
      [{ ...pair, votes: { list: "vote", annotator: "who", value: "said" } }, "votes.list", "votes"],
      [{ ...pair, votes: { list: "votes", annotator: "who", value: "sayd" } }, "votes.value", "said"],
      [{ ...pair, votes: { columns: ["w"] }, annotator: "whom", values: { a: ["1"] } }, "annotator", "who"],
      [{ ...pair, id: "ww" }, "id", "w"],
      [{ ...pair, cluster: "yy" }, "cluster", "y"],
      [{ ...pair, language: "xx" }, "language", "x"],
      [{ prompt: "q", completion: "x", score: "ww" }, "score", "w"],
      [{ ...pair, gold: "whoo" }, "gold", "who"],
    ];
    for (const [mapping, field, nearest] of slips) {
      const { warnings, refusal } = await recognise(rows, columns(mapping));
      const named = warnings.find(({ code, values }) => code === "unknownColumn" && values.field === field);
      expect(named?.values, field).toMatchObject({ nearest });
      expect(refusal, field).toMatchObject({ code: "invalid_mapping" });
    }
  });

  it("takes a column of votes that the first rows leave empty (F9)", async () => {
    const mapping = columns({ prompt: "q", a: "x", b: "y", votes: { columns: ["w1", "w2"] }, values: { a: ["1"] } });
    const { warnings, rows, counts } = await recognise(
      [
        { q: "one", x: "A", y: "B", w1: null },
        { q: "two", x: "A", y: "B", w1: null, w2: "1" },
        { q: "three", x: "A", y: "B", w1: "1", w2: null },
      ],
      mapping,
    );
    expect(warnings).toEqual([]);
    expect(counts.votes).toBe(2);
    expect(rows.map(({ votes }) => votes.map(({ annotator }) => annotator))).toEqual([[], ["w2"], ["w1"]]);
  });

  it("says of how many transcripts the two beginnings differ (F27)", async () => {
    const start = "\n\nHuman: Hi.\n\nAssistant:";
    const { warnings, counts } = await recognise([
      { chosen: `${start} Hello.`, rejected: `${start} Go away.` },
      { chosen: `${start} Hello.\n\nHuman: A joke?\n\nAssistant: No.`, rejected: `${start} Go away.` },
    ]);
    expect(counts.votes).toBe(2);
    expect(warnings).toMatchObject([{ code: "differingPrefixes", weight: "note", values: { count: 1 } }]);
  });

  it("counts a vote that contradicts or repeats an earlier one of the same person (F27)", async () => {
    const row = { prompt: "p", chosen: "A", rejected: "B", annotator: "w" };
    const { warnings, counts } = await recognise([row, row, { ...row, chosen: "B", rejected: "A" }]);
    expect(counts.votes).toBe(1);
    expect(warnings).toMatchObject([
      { code: "contradictingVotes", values: { count: 1 }, lines: [3] },
      { code: "repeatedVotes", weight: "note", values: { count: 1 }, lines: [2] },
    ]);
  });

  it("names the rows that cannot be taken, and imports the others only if told to", async () => {
    const { badRows, warnings, rows, counts } = await recognise([
      { prompt: "p", chosen: "A", rejected: "B" },
      { prompt: " ", chosen: "A", rejected: "B" },
    ]);
    expect(badRows).toEqual([
      { line: 2, field: "prompt", message: expect.stringMatching(/^must not be empty\. /), reason: "empty" },
    ]);
    expect(codes(warnings)).toEqual(["badRows"]);
    expect(counts).toMatchObject({ rows: 2, badRows: 1, votes: 1 });
    expect(rows).toHaveLength(1);
  });

  it("names the rows that contradict an earlier one, and what is kept of the first alone", async () => {
    const row = { prompt: "p", chosen: "A", rejected: "B", cluster: "one", language: "en", annotator: "w" };
    const { badRows, warnings, rows } = await recognise([
      row,
      { ...row, cluster: "two", annotator: "v" },
      { ...row, language: "zh", annotator: "u" },
    ]);
    expect(badRows).toMatchObject([
      {
        line: 2,
        field: "cluster",
        message: expect.stringContaining("in cluster “one” already (line 1)"),
        reason: "promptInTwoClusters",
        values: { former: "one", cluster: "two", line: 1 },
      },
    ]);
    expect(warnings).toMatchObject([
      { code: "badRows", weight: "confirm", lines: [2] },
      { code: "firstCounts", weight: "confirm", values: { field: "language", count: 1 }, lines: [3] },
    ]);
    expect(rows.map(({ line }) => line)).toEqual([1, 3]);
  });

  it("asks which column is the prompt where none is", async () => {
    const { warnings, refusal } = await recognise([{ foo: "p", answer_a: "A", answer_b: "B" }]);
    expect(codes(warnings)).toEqual(["noPrompt", "unusedColumn foo"]);
    expect(refusal).toMatchObject({ code: "invalid_mapping", path: "mapping.prompt" });
  });

  it("reads the words of a column that a person calls a vote as it reads its own, and guesses none", async () => {
    const pair = { prompt: "Frage", a: "Antwort A", b: "Antwort B", votes: { columns: ["Gewinner"] } };
    const rows = (...said: unknown[]) =>
      said.map((Gewinner, place) => ({ Frage: `${place}?`, "Antwort A": "Ja.", "Antwort B": "Nein.", Gewinner }));
    const outcomes = async (...said: unknown[]) => {
      const receipt = await recognise(rows(...said), columns(pair));
      return {
        warnings: codes(receipt.warnings),
        said: receipt.rows.flatMap(({ votes }) => votes.map(({ outcome }) => outcome)),
      };
    };
    expect(await outcomes("A", "B", "Tie")).toEqual({ warnings: [], said: [2, -2, 0] });
    expect(await outcomes("Antwort A", "Antwort B")).toEqual({ warnings: [], said: [2, -2] });
    expect(await outcomes(-3, 0, 2)).toEqual({ warnings: ["gradeDirection Gewinner"], said: [3, 0, -2] });
    // Nobody knows what the last one means, so no row is taken by halves.
    expect(await outcomes("A", "B", "links")).toEqual({ warnings: ["badRows"], said: [] });
    // What is imported is what was agreed to: a receipt of the mapping that came back is the same receipt.
    const first = await recognise(rows("A", "B"), columns(pair));
    const again = await recognise(rows("A", "B"), columns(first.mapping ?? {}));
    expect(again.digest).toBe(first.digest);
  });

  it("takes answers numbered in Chinese in the order of their numbers", async () => {
    const { rows, warnings } = await recognise([{ 提示词: "问？", 回答三: "丙", 回答一: "甲", 回答二: "乙" }]);
    expect(texts(rows[0])).toEqual(["甲", "乙", "丙"]);
    expect(warnings).toEqual([]);
  });

  it("takes graded values and both bad as the mapping says (F12)", async () => {
    const values = { a: [], b: [], tie: ["0"], bothBad: ["x"], grades: { "2": 3, "1": 1, "-1": -1 } };
    const mapping = columns({ prompt: "q", a: "x", b: "y", votes: { columns: ["v"] }, values });
    const said = ["2", "1", "0", "-1", "x"];
    const { rows } = await recognise(
      said.map((v, index) => ({ q: `p${index}`, x: "A", y: "B", v })),
      mapping,
    );
    expect(rows.map(({ votes }) => votes[0]?.outcome)).toEqual([3, 1, 0, -1, 0]);
    expect(rows.map(({ votes }) => votes[0]?.bothBad ?? false)).toEqual([false, false, false, false, true]);
  });

  it("changes its digest with the file and with the reading", async () => {
    const row = { prompt: "p", chosen: "A", rejected: "B" };
    const digests = await Promise.all([
      recognise([row]),
      recognise([row, row]),
      recognise([row], columns({ prompt: "prompt", a: "chosen", b: "rejected", winner: "a" })),
    ]);
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(3);
  });
});

describe("reasons of votes", () => {
  const pair = { prompt: "Best?", answer_a: "One.", answer_b: "Two." };
  const votesOf = async (row: object) => {
    const { rows, warnings } = await recognise([{ ...pair, ...row }]);
    expect(warnings).toEqual([]);
    return rows[0]?.votes;
  };

  it("are kept with the vote that they are of: in a list, in a column of its own for each annotator, beside the one vote", async () => {
    const list = [
      { worker: "w1", value: "a", reason: "It is clearer." },
      { worker: "w2", value: "tie", reason: null },
    ];
    expect(await votesOf({ votes: list })).toEqual([
      { annotator: "w1", outcome: 2, comment: "It is clearer." },
      { annotator: "w2", outcome: 0 },
    ]);
    const columns = { annotator_1: "a", annotator_1_reason: "Short.", annotator_2: "b", annotator_2_reason: "Right." };
    expect(await votesOf(columns)).toEqual([
      { annotator: "annotator_1", outcome: 2, comment: "Short." },
      { annotator: "annotator_2", outcome: -2, comment: "Right." },
    ]);
    expect(await votesOf({ winner: "b", worker: "w1", 理由: "更准确。" })).toEqual([
      { annotator: "w1", outcome: -2, comment: "更准确。" },
    ]);
  });

  it("are no reasons where nobody says whose they are", async () => {
    const { warnings } = await recognise([{ ...pair, annotator_1: "a", annotator_2: "b", comment: "Hm." }]);
    expect(codes(warnings)).toEqual(["unusedColumn comment"]);
  });

  it("go from a rating too", async () => {
    const { rows } = await recognise([
      { prompt: "How?", response: "So.", score: 4, rater: "r1", rationale: "Nearly." },
    ]);
    expect(rows[0]?.ratings).toEqual([{ annotator: "r1", completion: 0, score: 4, comment: "Nearly." }]);
  });
});
