import { describe, expect, it } from "vitest";
import { assistant, codes, columns, recognise, texts, user } from "./receipt-of.fixture.ts";

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
