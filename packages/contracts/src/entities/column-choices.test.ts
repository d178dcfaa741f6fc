import { describe, expect, it } from "vitest";
import { type ColumnChoice, mappingOf } from "./column-choices.ts";
import type { ColumnMapping } from "./datasets.ts";
import type { ColumnRole, ReceiptColumn } from "./import-receipt.ts";

/** A receipt's columns, each `path: role`; a path that ends with `[]` is a list. */
function taken(roles: Readonly<Record<string, ColumnRole>>, mapping: ColumnMapping | null = null) {
  const columns: ReceiptColumn[] = Object.entries(roles).map(([path, role]) => ({
    path: path.replace("[]", ""),
    role,
    list: path.endsWith("[]"),
    rows: 1,
    example: "",
  }));
  return { columns, mapping };
}

const changed = (path: string, role: ColumnRole): ColumnChoice => ({ path, role });

describe("the mapping that says what columns were taken for", () => {
  it("has a pair's sides and models, and who won where one is called better", () => {
    const models = { m: "model", n: "model" } as const;
    expect(mappingOf(taken({ q: "prompt", x: "answer", y: "answer", ...models, v: "vote" }), [])).toEqual({
      ...{ prompt: "q", a: "x", b: "y", aModel: "m", bModel: "n" },
      votes: { columns: ["v"] },
    });
    expect(mappingOf(taken({ q: "prompt", x: "worse", y: "better" }), [])).toEqual({
      ...{ prompt: "q", a: "y", b: "x", winner: "a" },
    });
  });

  it("has one answer with its score, three in columns with as many models, and a list by its name", () => {
    expect(mappingOf(taken({ q: "prompt", x: "answer", m: "model", s: "score" }), [])).toEqual({
      ...{ prompt: "q", completion: "x", model: "m", score: "s" },
    });
    expect(mappingOf(taken({ q: "prompt", x: "answer", y: "answer", z: "answer", m: "model" }), [])).toEqual({
      ...{ prompt: "q", answers: { columns: ["x", "y", "z"] } },
    });
    expect(mappingOf(taken({ q: "prompt", "all[]": "answer" }), [])).toEqual({ prompt: "q", answers: { list: "all" } });
  });

  it("keeps what no choice can say: ids of answers, the inside of lists, the meaning of votes", () => {
    const values = { a: ["left"], b: ["right"], tie: [], bothBad: [], grades: {} };
    const pair = { prompt: "q", a: "x", b: "y", aId: "i", bId: "j", votes: { list: "v", value: "won" }, values };
    expect(mappingOf(taken({ q: "prompt", x: "answer", y: "answer", "v[]": "vote" }, pair), [])).toEqual(pair);
    const listed = { prompt: "q", answers: { list: "all", text: "says" } };
    expect(mappingOf(taken({ q: "prompt", "all[]": "answer" }, listed), [])).toEqual(listed);
  });

  it("takes the changed column where only one can be something, and remembers what was left out on purpose", () => {
    const receipt = taken({ q: "prompt", x: "answer", y: "answer", old: "language", new: "unused", z: "unused" });
    expect(mappingOf(receipt, [changed("new", "language"), changed("z", "unused")])).toEqual({
      ...{ prompt: "q", a: "x", b: "y", language: "new", ignore: ["z"] },
    });
    const ignoring = taken({ q: "prompt", x: "answer", y: "answer", z: "unused" }, { ignore: ["z"] });
    expect(mappingOf(ignoring, [changed("z", "cluster")])).toEqual({ prompt: "q", a: "x", b: "y", cluster: "z" });
  });
});

describe("roles that a person points to", () => {
  const pointed = (roles: Readonly<Record<string, ColumnRole>>, changes: readonly ColumnChoice[] = []) =>
    mappingOf(taken(roles), changes);

  it("are turns, ranks and scores of each answer, media, metadata, and aspects or a label of the one answer", () => {
    expect(
      pointed({ t1: "turn", t2: "turn", q: "prompt", x: "answer", y: "answer", z: "answer", r: "rank", s: "rank" }),
    ).toEqual({
      turns: ["t1", "t2"],
      prompt: "q",
      answers: { columns: ["x", "y", "z"] },
      ranks: { columns: ["r", "s"] },
    });
    expect(pointed({ q: "prompt", "all[]": "answer", "r[]": "rank" })).toEqual({
      ...{ prompt: "q", answers: { list: "all" }, ranks: { list: "r" } },
    });
    expect(pointed({ q: "prompt", x: "better", y: "worse", s: "score", u: "score" })).toEqual({
      ...{ prompt: "q", a: "x", b: "y", winner: "a", scores: ["s", "u"] },
    });
    expect(pointed({ q: "prompt", x: "answer", h: "aspect", v: "vote", i: "media", m: "metadata" })).toEqual({
      ...{ prompt: "q", completion: "x", aspects: ["h"], label: "v", media: ["i"], metadata: ["m"] },
    });
  });

  it("lie in the entries of a list too, and go with it where the list becomes something else", () => {
    const roles: Readonly<Record<string, ColumnRole>> = {
      ...{ q: "prompt", "all[]": "answer", "all.*.says": "answer", "all.*.by": "model", "all.*.place": "rank" },
      ...{ "said[]": "vote", "said.*.won": "vote", "said.*.who": "annotator" },
    };
    expect(pointed(roles)).toEqual({
      ...{ prompt: "q", answers: { list: "all", text: "says", model: "by", rank: "place" } },
      votes: { list: "said", value: "won", annotator: "who" },
    });
    expect(pointed(roles, [changed("said", "metadata")])).toEqual({
      ...{ prompt: "q", answers: { list: "all", text: "says", model: "by", rank: "place" } },
      metadata: ["said"],
    });
    expect(pointed({ "talk[]": "unused", "talk.*.line": "prompt", x: "answer", y: "answer" })).toMatchObject({
      turns: ["talk.*.line"],
    });
  });
});
