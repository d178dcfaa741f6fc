import { describe, expect, it } from "vitest";
import { mappingOf } from "./column-choices.ts";
import { conflictsOf } from "./column-conflicts.ts";
import type { ColumnRole } from "./import-receipt.ts";

type Roles = Readonly<Record<string, ColumnRole>>;

/** What is said of columns, each `path: role`; a path that ends with `[]` is a list. */
function said(roles: Roles, changes: Roles = {}) {
  const columns = Object.entries(roles).map(([path, role]) => ({
    ...{ path: path.replace("[]", ""), role, list: path.endsWith("[]"), rows: 1, example: "" },
  }));
  const chosen = Object.entries(changes).map(([path, role]) => ({ path, role }));
  return conflictsOf({ columns }, chosen).map(({ path, code, stops }) => `${path} ${code}${stops ? "" : " (noted)"}`);
}

describe("columns that do not go together", () => {
  it("are none where a file was recognised", () => {
    expect(said({ q: "prompt", x: "better", y: "worse", m: "model", n: "model" })).toEqual([]);
    expect(said({ q: "prompt", x: "answer", y: "answer", v: "vote", who: "annotator" })).toEqual([]);
    expect(said({ q: "prompt", "all[]": "answer", "all.*.text": "answer", "all.*.rank": "rank" })).toEqual([]);
    expect(said({ q: "prompt", x: "answer", s: "score", h: "aspect", g: "aspect", v: "vote" })).toEqual([]);
    expect(said({ q: "prompt", i: "answerId", j: "answerId", v: "vote" })).toEqual([]);
  });

  it("are said at the one that was changed, where only one can be something", () => {
    expect(said({ q: "prompt", x: "answer", l: "unused", k: "language" }, { l: "language" })).toEqual(["l taken"]);
    expect(said({ q: "prompt", i: "unused", x: "answer" }, { i: "prompt" })).toEqual(["i joined (noted)"]);
  });

  it.each([
    [{ q: "prompt", x: "better" }, ["x betterAlone"]],
    [{ q: "prompt", y: "worse" }, ["y worseAlone"]],
    [{ q: "prompt", x: "better", y: "worse", z: "answer" }, ["z answerBesidePair"]],
    [{ q: "prompt", "all[]": "answer", z: "answer" }, ["z answerBesideList"]],
    [{ q: "prompt", r: "rank" }, ["r rankAlone"]],
    [{ q: "prompt", x: "answer", r: "rank" }, ["r rankAlone"]],
    [{ q: "prompt", x: "answer", y: "answer", r: "rank" }, ["r rankCount"]],
    [{ q: "prompt", x: "answer", y: "answer", "r[]": "rank" }, []],
    [{ q: "prompt", "all[]": "answer", r: "rank", s: "rank" }, ["s rankCount"]],
    [{ q: "prompt", x: "answer", y: "answer", r: "rank", s: "rank", v: "vote" }, ["r rankBesideVotes"]],
    [{ q: "prompt", x: "better", y: "worse", r: "rank", s: "rank" }, ["r rankBesideVotes"]],
    [{ q: "prompt", s: "score" }, ["s scoreAlone"]],
    [{ q: "prompt", x: "answer", y: "answer", s: "score" }, ["s scoreCount"]],
    [{ q: "prompt", "all[]": "answer", s: "score" }, ["s scoreCount"]],
    [{ q: "prompt", x: "answer", y: "answer", h: "aspect" }, ["h aspectAlone"]],
    [{ q: "prompt", v: "vote" }, ["v voteAlone"]],
    [{ q: "prompt", x: "answer", y: "answer", z: "answer", v: "vote" }, ["v voteOfSeveral"]],
    [{ q: "prompt", x: "better", y: "worse", v: "vote" }, ["v taken"]],
    [{ q: "prompt", x: "answer", y: "answer", who: "annotator" }, ["who annotatorAlone (noted)"]],
    [{ q: "prompt", x: "answer", y: "answer", m: "model" }, ["m modelCount (noted)"]],
  ] as const satisfies readonly (readonly [Roles, readonly string[]])[])("%o: %o", (roles, expected) => {
    expect(said(roles)).toEqual(expected);
  });

  it("are said at each column that is one too many, or whose name no mapping can hold", () => {
    const metadata = (count: number): Roles =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [n % 2 === 0 ? `m${n}` : `l.*.m${n}`, "metadata"]));
    expect(said({ q: "prompt", x: "answer", ...metadata(200) })).toEqual([]);
    expect(said({ q: "prompt", x: "answer", ...metadata(202) })).toEqual(["l.*.m199 tooMany", "l.*.m201 tooMany"]);
    const prompts: Roles = Object.fromEntries(Array.from({ length: 6 }, (_, n) => [`p${n}`, "prompt"]));
    expect(said(prompts)).toContain("p5 tooMany");
    const long = "n".repeat(101);
    expect(said({ q: "prompt", x: "answer", [long]: "metadata" })).toEqual([`${long} pathTooLong`]);
  });
});

it("what is left out on purpose never stops: of more than a mapping names, and of longer names, the receipt goes on warning", () => {
  const columns = Array.from({ length: 205 }, (_, n) => ({ path: `c${n}`, role: "unused" as const, list: false }));
  const changes = [...columns, { path: "n".repeat(101) }].map(({ path }) => ({ path, role: "unused" as const }));
  expect(conflictsOf({ columns: receiptColumns(columns) }, changes)).toEqual([]);
  expect(mappingOf({ columns: receiptColumns(columns), mapping: null }, changes).ignore).toHaveLength(200);
});

const receiptColumns = (columns: readonly { path: string; role: ColumnRole; list: boolean }[]) =>
  columns.map((column) => ({ ...column, rows: 1, example: "" }));
