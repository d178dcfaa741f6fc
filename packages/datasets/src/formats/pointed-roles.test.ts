import { ColumnMapping, DomainError } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "../recognise/make-receipt.ts";
import { parseMapping } from "./mapping.ts";

const bytesOf = (rows: readonly object[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
async function* read(bytes: Buffer) {
  yield bytes;
}

async function taken(mapping: object, ...rows: readonly object[]) {
  const source = { format: "columns", mapping: parseMapping(JSON.stringify(mapping)) } as const;
  const all = [];
  for await (const row of readImport(read(bytesOf(rows)), source)) all.push(row);
  return all;
}

/** The reason for which the first row that cannot be taken cannot be. */
async function refusalOf(mapping: object, row: object) {
  const problem = await taken(mapping, row).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(problem instanceof DomainError)) throw new Error("the row was taken");
  return [problem.issues?.[0]?.path, problem.issues?.[0]?.reason];
}

const file = (bytes: Buffer) => ({ read: () => read(bytes), sha256: "0" });
const receiptOf = async (bytes: Buffer, mapping?: object) => {
  const source = mapping === undefined ? null : ({ format: "columns", mapping: ColumnMapping.parse(mapping) } as const);
  return (await makeReceipt(file(bytes), { source, asked: null, overlap: 3 })).receipt;
};

const pair = { prompt: "q", a: "x", b: "y" };

describe("columns that are turns", () => {
  it("stand before the prompt, the last of them the assistant’s, and blank ones are none", async () => {
    const [row] = await taken(
      { turns: ["t1", "t2", "t3", "t4"], ...pair },
      { t1: "Hi.", t2: "Hello.", t3: "", t4: null, q: "Why?", x: "A", y: "B" },
    );
    expect(row?.prompt.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      ...["user: Hi.", "assistant: Hello.", "user: Why?"],
    ]);
  });

  it("are what is asked where there is no prompt, also from the entries of a list", async () => {
    const dialog = [{ line: "Hi." }, { line: "Hello." }, { line: "Why?" }];
    const [row] = await taken({ turns: ["dialog.*.line"], a: "x", b: "y" }, { dialog, x: "A", y: "B" });
    expect(row?.prompt.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      ...["user: Hi.", "assistant: Hello.", "user: Why?"],
    ]);
    const named = [
      { from: "human", value: "Hi." },
      { from: "gpt", value: "Hello." },
    ];
    const [said] = await taken({ turns: ["talk"], ...pair }, { talk: named, q: "Why?", x: "A", y: "B" });
    expect(said?.prompt.map(({ role }) => role)).toEqual(["user", "assistant", "user"]);
  });
});

describe("ranks, scores, aspects and a label", () => {
  it("of two answers are a vote, of more a ranking, ties and unranked answers kept", async () => {
    const [two] = await taken({ ...pair, ranks: { columns: ["r", "s"] } }, { q: "p", x: "A", y: "B", r: 2, s: "1" });
    expect(two?.votes).toMatchObject([{ outcome: -2 }]);
    const mapping = { prompt: "q", answers: { columns: ["x", "y", "z"] }, ranks: { columns: ["r", "s", "t"] } };
    const [three, blank] = await taken(
      { ...mapping, annotator: "who" },
      { q: "p", x: "A", y: "B", z: "C", r: 1, s: 2, t: 2, who: "ann" },
      // The second answer is not there: its rank goes with it, and the others keep theirs.
      { q: "r", x: "A", y: "", z: "C", r: 3, s: 1, t: 2 },
    );
    expect(three?.judgements).toMatchObject([
      { questionnaire: "imported-ranking", annotator: "ann", answer: { ranks: [1, 2, 2] } },
    ]);
    expect(blank?.votes).toMatchObject([{ outcome: -2 }]);
    const [listed] = await taken(
      { prompt: "q", answers: { list: "all", text: "says", rank: "place" } },
      { q: "p", all: ["A", "B", "C"].map((says, index) => ({ says, place: index === 2 ? null : index })) },
    );
    expect(listed?.judgements).toMatchObject([
      { questionnaire: "imported-partial-ranking", answer: { ranks: [1, 2, null] } },
    ]);
  });

  it("are refused by name where they do not fit", async () => {
    const mapping = { prompt: "q", answers: { list: "all" }, ranks: { list: "r" } };
    expect(await refusalOf(mapping, { q: "p", all: ["A", "B", "C"], r: [1, 2] })).toEqual(["lines.1.r", "rankCount"]);
    expect(await refusalOf(mapping, { q: "p", all: ["A", "B"], r: ["first", 2] })).toEqual(["lines.1.r.0", "rankForm"]);
    const aspects = { prompt: "q", completion: "x", aspects: ["h", "c"] };
    expect(await refusalOf(aspects, { q: "p", x: "A", h: 6, c: 1 })).toEqual(["lines.1.h", "wholeOutOfRange"]);
    const label = { prompt: "q", completion: "x", label: "ok" };
    expect(await refusalOf(label, { q: "p", x: "A", ok: "maybe" })).toEqual(["lines.1.ok", "labelUnknown"]);
    const json = { ...pair, json: ["x"] };
    expect(await refusalOf(json, { q: "p", x: "[1, ", y: "B" })).toEqual(["lines.1.x", "notJsonInColumn"]);
    const long = { ...pair, metadata: ["m"] };
    expect(await refusalOf(long, { q: "p", x: "A", y: "B", m: "m".repeat(20_001) })).toEqual([
      ...["lines.1.m", "metadataTooLong"],
    ]);
    expect(await refusalOf({ ...pair, media: ["i"] }, { q: "p", x: "A", y: "B", i: "cat.png" })).toEqual([
      ...["lines.1.i", "mediaNotThere"],
    ]);
  });

  it.each([
    [{ prompt: "q", ranks: { list: "r" } }, "mappingRanksWithoutAnswers"],
    [{ ...pair, ranks: { columns: ["r", "s"] }, winner: "a" }, "mappingRanksAndVotes"],
    [{ ...pair, ranks: { columns: ["r", "s", "t"] } }, "mappingRankCount"],
    [{ ...pair, scores: ["r", "s", "t"] }, "mappingScoreCount"],
    [{ ...pair, aspects: ["h"] }, "mappingAspectsWithoutCompletion"],
    [{ ...pair, label: "ok" }, "mappingLabelWithoutCompletion"],
  ])("a mapping %j is refused: %s", (mapping, reason) => {
    expect(() => parseMapping(JSON.stringify(mapping))).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ reason })] }),
    );
  });

  it("are asked about as they are, aspects on the scale that their numbers fit", async () => {
    const rows = [
      { q: "p", x: "A", help: 0, "notes.clear": 4, ok: "no" },
      { q: "r", x: "B", help: 3, "notes.clear": 2, ok: "yes" },
    ];
    const aspects = await receiptOf(bytesOf(rows), { prompt: "q", completion: "x", aspects: ["help", "notes.clear"] });
    expect(aspects).toMatchObject({ question: "imported-aspects", mapping: { aspectScale: { from: 0, steps: 5 } } });
    expect(aspects.warnings).toContainEqual({
      ...{ code: "aspectScale", weight: "confirm", values: { from: 0, to: 4 }, lines: [] },
    });
    const said = { prompt: "q", completion: "x", aspects: ["help"], aspectScale: { from: 0, steps: 5 } };
    expect((await receiptOf(bytesOf(rows), said)).warnings.map(({ code }) => code)).not.toContain("aspectScale");
    expect(aspects.questionnaires["imported-aspects"]).toMatchObject([
      { kind: "aspects", settings: { aspects: ["help", "clear"], steps: 5 } },
    ]);
    expect(aspects.counts).toMatchObject({ others: 2, badRows: 0 });
    const label = await receiptOf(bytesOf(rows), { prompt: "q", completion: "x", label: "ok" });
    expect(label).toMatchObject({ question: "good-or-bad", counts: { others: 2, tasks: 2 } });
    const scored = await taken({ ...pair, scores: ["s", "t"] }, { q: "p", x: "A", y: "B", s: 5, t: "2" });
    expect(scored[0]?.ratings).toMatchObject([
      { completion: 0, score: 5 },
      { completion: 1, score: 2 },
    ]);
  });
});

describe("what goes along with a row", () => {
  it("is kept as metadata, as it stands in the file", async () => {
    const row = { q: "p", x: "A", y: "B", domain: "law", info: { n: 1.5 }, none: null };
    const [item] = await taken({ ...pair, metadata: ["domain", "info", "none"] }, row);
    expect(item?.metadata).toEqual({ domain: "law", info: { n: 1.5 } });
  });

  it("is read from JSON in a cell, which is found by itself, and its inside can be pointed to", async () => {
    const cells = [JSON.stringify([{ role: "user", content: "Why?" }]), JSON.stringify(["A", "B", "C"])];
    const csv = ["turns,mine", cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")].join("\n");
    const receipt = await receiptOf(Buffer.from(csv), undefined);
    expect(receipt.mapping).toMatchObject({ json: ["mine"] });
    const read = await receiptOf(Buffer.from(csv), {
      ...{ prompt: "turns", answers: { list: "mine" }, json: ["mine"] },
    });
    expect(read.counts).toMatchObject({ prompts: 1, answers: 3, badRows: 0 });
    expect(read.sample[0]?.cells[1]).toBe('["A","B","C"]');
  });

  it("cannot be a vote between two where there are three answers: that is said, and how to say it", async () => {
    const mapping = { prompt: "q", answers: { columns: ["x", "y", "z"] }, votes: { columns: ["v"] } };
    const receipt = await receiptOf(bytesOf([{ q: "p", x: "A", y: "B", z: "C", v: "a" }]), mapping);
    expect(receipt.warnings).toMatchObject([
      { code: "noVotes" },
      { code: "votesOfSeveral", weight: "confirm", lines: [1] },
    ]);
  });

  it("shows what lies in the entries of a list as columns of their own", async () => {
    const rows = [
      {
        q: "p",
        all: [
          { says: "A", by: "m" },
          { says: "B", by: "n" },
        ],
      },
    ];
    const receipt = await receiptOf(bytesOf(rows), { prompt: "q", answers: { list: "all", text: "says" } });
    expect(receipt.columns.map(({ path, role }) => [path, role])).toEqual([
      ["q", "prompt"],
      ["all", "answer"],
      ["all.*.says", "answer"],
      ["all.*.by", "unused"],
    ]);
    expect(receipt.sample).toMatchObject([{ line: 1, cells: ["p", expect.any(String), '["A","B"]', '["m","n"]'] }]);
  });
});
