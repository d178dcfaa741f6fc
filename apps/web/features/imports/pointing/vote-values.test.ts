import type { ColumnMapping, ImportReceipt } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { meaningsOf, votedColumn, withMeanings } from "./vote-values.ts";

const column = (path: string, values?: string[]) => ({
  ...{ path, role: "vote" as const, list: false, rows: 1, example: "" },
  ...(values ? { values } : {}),
});
const receipt = (mapping: ColumnMapping | null, values = ["1", "2", "tie"]) =>
  ({ mapping, columns: [column("which", values), column("x")] }) as ImportReceipt;
const pair: ColumnMapping = { prompt: "q", a: "x", b: "y", votes: { columns: ["which"] } };

describe("the words of a vote column", () => {
  it("can be said where one column votes between two answers, under the names of their columns", () => {
    expect(votedColumn(receipt(pair))).toEqual({
      ...{ path: "which", values: ["1", "2", "tie"], ofOne: false, sides: { a: "x", b: "y" } },
      meanings: ["a", "b", "tie", "bothBad"],
    });
    const label: ColumnMapping = { prompt: "q", completion: "x", label: "which" };
    expect(votedColumn(receipt(label))).toMatchObject({ ofOne: true, meanings: ["a", "b"], sides: null });
  });

  it("are left to the mapping where they are grades, in lists, of several people, or too many", () => {
    const grades = { a: [], b: [], tie: [], bothBad: [], grades: { "-1": 1 } };
    expect(votedColumn(receipt({ ...pair, values: grades }))).toBeNull();
    expect(votedColumn(receipt({ ...pair, votes: { list: "which", value: "v" } }))).toBeNull();
    expect(votedColumn(receipt({ ...pair, votes: { columns: ["which", "x"] } }))).toBeNull();
    expect(votedColumn(receipt(pair, []))).toBeNull();
    expect(votedColumn(receipt(null))).toBeNull();
  });

  it("mean what was said, and nothing that was not", () => {
    const said = new Map([["1", "a"] as const, ["2", "b"] as const, ["tie", "tie"] as const]);
    const mapping = withMeanings(pair, said);
    expect(mapping).toEqual({ ...pair, values: { a: ["1"], b: ["2"], tie: ["tie"], bothBad: [], grades: {} } });
    expect(meaningsOf(mapping)).toEqual(said);
    // As the reader takes them where the mapping says nothing.
    expect([...meaningsOf(pair).keys()]).toEqual(["a", "b", "tie"]);
  });
});
