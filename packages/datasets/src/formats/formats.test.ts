import { describe, expect, it } from "vitest";
import type { ImportRow } from "../import-row.ts";
import { readImport } from "../read-import.ts";
import { columnsOfFormat } from "../recognise/roles.ts";
import type { ImportSource } from "./import-source.ts";
import { parseMapping } from "./mapping.ts";

async function read(source: ImportSource, ...values: unknown[]): Promise<ImportRow[]> {
  async function* bytes() {
    for (const value of values) yield Buffer.from(`${JSON.stringify(value)}\n`);
  }
  const rows: ImportRow[] = [];
  for await (const row of readImport(bytes(), source)) rows.push(row);
  return rows;
}
const columns = (mapping: object): ImportSource => ({
  format: "columns",
  mapping: parseMapping(JSON.stringify(mapping)),
});
const texts = (row: ImportRow | undefined) => row?.completions.map(({ text }) => text);
const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });
const message = (role: string, content: string) => ({ role, content });
const trl = { format: "trl-preference" } as const;
const hh = { format: "hh" } as const;

describe("null in a column", () => {
  const messages = [
    { role: "user", content: "p" },
    { role: "assistant", content: "a" },
  ];
  const judged = { prompt: "p", annotator_hash: "w" };
  const sides = [
    { id: "1", text: "a" },
    { id: "2", text: "b" },
  ];
  /** The least that a row of each format says. */
  const least: readonly (readonly [Exclude<ImportSource["format"], "columns">, object])[] = [
    ["trl-preference", { prompt: "p", chosen: "a", rejected: "b" }],
    ["hh", { chosen: "\n\nHuman: p\n\nAssistant: a", rejected: "\n\nHuman: p\n\nAssistant: b" }],
    ["prompts", { prompt: "p" }],
    ["judgements", { ...judged, completions: sides, answer: { choice: "graded", step: 1 }, shown_order: [0, 1] }],
    ["ratings", { ...judged, completion: "a", score: 4 }],
    ["sft-messages", { messages }],
  ];

  it.each(least)("is the same as no column, in every column of %s that may be absent (F22)", async (format, row) => {
    const nulls = Object.fromEntries([...columnsOfFormat(format)].map((column) => [column, null]));
    expect(await read({ format }, { ...nulls, ...row })).toEqual(await read({ format }, row));
  });
});

describe("trl-preference", () => {
  it("reads the explicit and the implicit prompt, as text and as messages, to the same row", async () => {
    const rows = await read(
      trl,
      { prompt: "Sky?", chosen: "blue", rejected: "green" },
      { prompt: [user("Sky?")], chosen: [assistant("blue")], rejected: [assistant("green")] },
      { chosen: [user("Sky?"), assistant("blue")], rejected: [user("Sky?"), assistant("green")] },
      { prompt: "Sky?", chosen: [user("Sky?"), assistant("blue")], rejected: [user("Sky?"), assistant("green")] },
    );
    for (const row of rows) {
      expect(row.prompt).toEqual([user("Sky?")]);
      expect(texts(row)).toEqual(["blue", "green"]);
      expect(row.votes).toMatchObject([{ annotator: "unnamed", outcome: 2 }]);
    }
  });

  it.each([
    ["Which colour? Answer: blue", "Which colour? Answer: black", "Which colour? Answer:", [" blue", " black"]],
    [
      "问：天空是什么颜色？答：蓝色。",
      "问：天空是什么颜色？答：绿色。",
      "问：天空是什么颜色？答：",
      ["蓝色。", "绿色。"],
    ],
  ])(
    "cuts an implicit prompt of text where the answering speaker's name ends: %s",
    async (chosen, rejected, prompt, answers) => {
      const [row] = await read(trl, { chosen, rejected });
      expect(row?.prompt).toEqual([user(prompt)]);
      expect(texts(row)).toEqual(answers);
    },
  );

  it("takes a shared beginning of text for the prompt only up to a speaker's name", async () => {
    const [row] = await read(trl, { chosen: "问：天空？\n答：蓝色", rejected: "问：天空？\n答：绿色" });
    expect(row?.prompt).toEqual([user("问：天空？\n答：")]);
    expect(texts(row)).toEqual(["蓝色", "绿色"]);
    // Two answers that begin alike were cut into a prompt that nobody had asked.
    await expect(read(trl, { chosen: "The sky is blue.", rejected: "The sky is black." })).rejects.toThrow(
      /whole turn/,
    );
    await expect(read(trl, { question: "Sky?", chosen: "It is blue", rejected: "It is red" })).rejects.toThrow(
      /“question” may hold what was asked/,
    );
  });

  it("never doubles a prompt that its answers repeat, system first or with white space after it", async () => {
    const told = [message("system", "Be brief."), user("Moon?")];
    const [first, second] = await read(
      trl,
      { prompt: "Moon?", chosen: [...told, assistant("Phobos")], rejected: [...told, assistant("Titan")] },
      { prompt: "Moon? ", chosen: [user("Moon?"), assistant("a")], rejected: [user("Moon?"), assistant("b")] },
    );
    expect(first?.prompt).toEqual(told);
    expect(second?.prompt).toEqual([user("Moon?")]);
  });

  it.each([
    [
      [1 / 3, 2 / 3, 1, 0],
      [1, 2, 3, 1],
    ],
    [
      [1, 2, 3, 0],
      [1, 2, 3, 1],
    ],
    [
      [1, 2, 3, 5],
      [1, 2, 2, 3],
    ],
    [
      [7.5, 0.1],
      [3, 1],
    ],
  ])("reads the margins %j of one file by one rule that keeps their order", async (margins, steps) => {
    const rows = await read(trl, ...margins.map((margin) => ({ prompt: "p", chosen: "a", rejected: "b", margin })));
    expect(rows.map(({ votes }) => votes[0]?.outcome)).toEqual(steps);
    expect(rows.map(({ votes }) => votes[0]?.origin?.margin)).toEqual(margins);
  });

  it("keeps two equal answers apart", async () => {
    const [row] = await read(trl, { prompt: "p", chosen: "same", rejected: "same" });
    expect(new Set(row?.completions.map(({ key }) => key)).size).toBe(2);
  });

  it.each([
    [{ prompt: "p", chosen: "a" }, /Line 1, rejected: is missing/],
    [{ chosen: "a", rejected: "b" }, /Line 1, prompt: is missing, and chosen and rejected share no whole turn/],
    // Two answers that begin alike are no question, however many words they share.
    [{ chosen: "The sky is blue.", rejected: "The sky is black." }, /Line 1, prompt: .*share no whole turn/],
    [{ chosen: "It is 3.14.", rejected: "It is 3.15." }, /Line 1, prompt: .*share no whole turn/],
    [{ chosen: "Say hi.\nhi", rejected: "Say hi.\nhello" }, /Line 1, prompt: .*share no whole turn/],
    [{ prompt: "p", chosen: 3, rejected: ["b"] }, /Line 1, rejected: must be text or messages, like chosen/],
    [{ prompt: "p", chosen: "a", rejected: "b", margin: "big" }, /Line 1, margin: must be a number/],
    [{ prompt: "p", chosen: "a\0", rejected: "b" }, /Line 1, chosen: contains a NUL character/],
    [{ prompt: "p", chosen: "a\ud800", rejected: "b" }, /Line 1, chosen: contains half of a surrogate pair/],
    [{ prompt: " ", chosen: "a", rejected: "b" }, /Line 1, prompt: must not be empty/],
    [{ prompt: "p", chosen: "a".repeat(100_001), rejected: "b" }, /Line 1, chosen: has 100001 characters/],
    [{ prompt: [{ role: "bot", content: "x" }], chosen: [], rejected: [] }, /Line 1, chosen: must be a list/],
    [
      { prompt: "p", chosen: [assistant("a"), user("b"), assistant("c")], rejected: [assistant("z")] },
      /Line 1, chosen: must end in one assistant message/,
    ],
  ])("refuses %j by name", async (row, message) => {
    await expect(read(trl, row)).rejects.toMatchObject({
      code: "invalid_line",
      message: expect.stringMatching(message),
    });
  });
});

describe("hh", () => {
  const start = "\n\nHuman: Hi\n\nAssistant: Hello\n\nHuman: A joke?\n\nAssistant:";

  it("splits at the last Assistant turn", async () => {
    const [row] = await read(hh, { chosen: `${start} Knock`, rejected: `${start} No` });
    expect(row?.prompt).toEqual([user("Hi"), assistant("Hello"), user("A joke?")]);
    expect(texts(row)).toEqual(["Knock", "No"]);
    expect(row?.note).toBeNull();
  });

  it("keeps the common beginning of transcripts that differ earlier, and notes it", async () => {
    const [row] = await read(hh, { chosen: `${start} Knock`, rejected: "\n\nHuman: Hi\n\nAssistant: Go away" });
    expect(row?.prompt).toEqual([user("Hi")]);
    expect(texts(row)).toEqual(["Hello\n\nHuman: A joke?\n\nAssistant: Knock", "Go away"]);
    expect(row?.note).toBe("differing-prefixes");
  });

  it("takes an empty answer", async () => {
    const [row] = await read(hh, { chosen: `${start}`, rejected: `${start} No` });
    expect(texts(row)).toEqual(["", "No"]);
  });

  it.each([
    [{ chosen: "just text", rejected: "text" }, /chosen: must be a transcript/],
    [{ chosen: `${start} a` }, /rejected: must be text, not missing/],
    [{ chosen: `${start} a`, rejected: "\n\nHuman: Ho\n\nAssistant: b" }, /shares no Human turn/],
  ])("refuses %j by name", async (row, message) => {
    await expect(read(hh, row)).rejects.toThrow(message);
  });
});

describe("prompts", () => {
  const prompts = { format: "prompts" } as const;

  it("reads prompts with and without candidates, equal ones once", async () => {
    const rows = await read(
      prompts,
      { prompt: "p", completions: ["a", "b", "a"], language: "en", cluster: "c" },
      { messages: [user("p"), assistant("q"), user("r")] },
    );
    expect(rows[0]).toMatchObject({ language: "en", cluster: "c", votes: [], ratings: [] });
    expect(texts(rows[0])).toEqual(["a", "b"]);
    expect(rows[1]?.prompt).toHaveLength(3);
  });

  it("refuses neither and both of prompt and messages", async () => {
    await expect(read(prompts, {})).rejects.toThrow(/give either prompt or messages/);
    await expect(read(prompts, { prompt: "p", messages: [user("p")] })).rejects.toThrow(/give either/);
  });
});

describe("columns", () => {
  const pair = {
    id: "id",
    prompt: ["q", "input"],
    a: "one.text",
    b: "two",
    cluster: "topic",
    gold: "gold",
    votes: { list: "votes", annotator: "who", value: "said" },
    values: { a: ["1"], b: ["2"], tie: ["0"] },
  };
  const row = {
    id: 7,
    q: "Which?",
    input: "",
    one: { text: "A" },
    two: true,
    topic: "t",
    gold: null,
    votes: [
      { who: "w1", said: 1 },
      { who: "w2", said: "2" },
      { who: "w3", said: 0 },
      { who: "w4", said: null },
    ],
  };

  it("finds nested columns, joins the parts of a prompt and reads a list of votes", async () => {
    const [read1] = await read(columns(pair), row);
    expect(read1).toMatchObject({ itemId: "7", prompt: [user("Which?")], cluster: "t", gold: null });
    expect(texts(read1)).toEqual(["A", "true"]);
    expect(read1?.votes).toEqual([
      { annotator: "w1", outcome: 2 },
      { annotator: "w2", outcome: -2 },
      { annotator: "w3", outcome: 0 },
    ]);
  });

  it("takes a published split as it stands, and refuses a row that names none", async () => {
    const mapping = columns({ prompt: "q", a: "x", b: "y", split: "fold" });
    const [test, unsaid] = await Promise.all([
      read(mapping, { q: "p", x: "A", y: "B", fold: "test" }),
      read(columns({ prompt: "q", a: "x", b: "y" }), { q: "p", x: "A", y: "B", fold: "test" }),
    ]);
    expect([test[0]?.split, unsaid[0]?.split]).toEqual(["test", null]);
    await expect(read(mapping, { q: "p", x: "A", y: "B", fold: "dev" })).rejects.toThrow(
      /Line 1, fold: must be one of train, validation, test, or be left out, and is "dev"/,
    );
    await expect(read(mapping, { q: "p", x: "A", y: "B", set: "test" })).rejects.toMatchObject({
      code: "invalid_mapping",
      path: "mapping.split",
      message: expect.stringMatching(/no column “fold”. The row has q, x, y, set/),
    });
  });

  it("reads a column an annotator, and one column with the annotator beside it", async () => {
    const values = { a: ["1"], b: ["2"], tie: ["0"] };
    const [many] = await read(columns({ prompt: "q", a: "x", b: "y", votes: { columns: ["ann1", "ann2"] }, values }), {
      q: "p",
      x: "A",
      y: "B",
      ann1: 1,
      ann2: 0,
    });
    expect(many?.votes.map(({ annotator }) => annotator)).toEqual(["ann1", "ann2"]);
    const [one] = await read(
      columns({ prompt: "q", aId: "x", bId: "y", annotator: "judge", votes: { columns: ["winner"] }, values }),
      { q: "p", x: "model-1", y: "model-2", judge: "j9", winner: "2" },
    );
    expect(one?.votes).toEqual([{ annotator: "j9", outcome: -2 }]);
    expect(one?.completions).toEqual([
      { key: "id:model-1", text: null },
      { key: "id:model-2", text: null },
    ]);
  });

  it("reads ratings", async () => {
    const mapping = columns({ prompt: "q", completion: "answer", score: "stars", annotator: "by" });
    const [rated, unrated] = await read(mapping, { q: "p", answer: "A", stars: 4, by: "r1" }, { q: "p", answer: "B" });
    expect(rated?.ratings).toEqual([{ annotator: "r1", completion: 0, score: 4 }]);
    expect(unrated?.ratings).toEqual([]);
  });

  it("never follows a path out of the row's own columns", async () => {
    const hostile = JSON.parse('{"q":"p","__proto__":{"x":"A"},"y":"B"}');
    await expect(read(columns({ prompt: "q", a: "constructor.name", b: "y" }), hostile)).rejects.toThrow(
      /neither a text/,
    );
    await expect(read(columns({ prompt: "x", a: "q", b: "y" }), hostile)).rejects.toThrow(/no column “x”/);
  });

  it.each([
    [
      "an unknown value",
      { ...row, votes: [{ who: "w", said: "maybe" }] },
      "invalid_mapping",
      /votes\.0\.said is “maybe”/,
    ],
    ["votes that are no list", { ...row, votes: "yes" }, "invalid_mapping", /“votes” is not a list/],
    ["a missing prompt column", { ...row, q: undefined }, "invalid_mapping", /no column “q”.*one, two/],
    ["a vote without annotator", { ...row, votes: [{ said: 1 }] }, "invalid_line", /votes\.0\.who: must be text/],
    ["a side without text and id", { ...row, two: null }, "invalid_line", /two: has neither a text nor an id/],
  ])("names %s", async (_, value, code, message) => {
    await expect(read(columns(pair), value)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it("takes a score that is text, as all cells of CSV are", async () => {
    const [row] = await read(columns({ prompt: "q", completion: "c", score: "s" }), { q: "p", c: "A", s: "4" });
    expect(row?.ratings).toEqual([{ annotator: "unnamed", completion: 0, score: 4 }]);
  });

  it("refuses a score off the scale", async () => {
    const mapping = columns({ prompt: "q", completion: "c", score: "s" });
    for (const s of [0, 6, 2.5, "four", "4.5", "4 stars"]) {
      await expect(read(mapping, { q: "p", c: "A", s })).rejects.toThrow(/whole number from 1 to 5/);
    }
  });
});

describe("mapping", () => {
  it.each([
    [undefined, /needs a mapping/],
    ["{", /not valid JSON/],
    ["{}", /which column holds the prompt/],
    ['{"prompt":"p","a":"x"}', /both sides/],
    ['{"prompt":"p","colour":"x"}', /out of form/],
    ['{"prompt":"p","a":"x","b":"y","completion":"z"}', /either a pair or one completion/],
    ['{"prompt":"p","votes":{"columns":["v"]}}', /two sides/],
    ['{"prompt":"p","score":"s"}', /needs the completion/],
    ['{"prompt":"p","a":"x","b":"y","values":{"a":["1"],"b":["1"],"tie":[]}}', /two things at once/],
  ])("refuses %s", (json, message) => {
    expect(() => parseMapping(json)).toThrow(message);
  });
});
