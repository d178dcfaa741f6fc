import type { AnswersTogether } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { preferencePairs } from "../task-plan.ts";
import { standardQuestionnaires } from "./asked-for.ts";
import { makeReceipt } from "./make-receipt.ts";

const rowsOf = (rows: readonly object[]) => ({
  async *read() {
    yield Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  },
  sha256: "0",
});

const preference = (together: Partial<AnswersTogether>) => ({
  ...standardQuestionnaires.preference,
  together: { way: "ring", pairs: 3, seed: 1, atOnce: null, ...together } as AnswersTogether,
});

const four = { prompt: "p", responses: ["A", "B", "C", "D"] };
const shown = ({ tasks }: { tasks: readonly { completions: readonly { text: string | null }[] }[] }) =>
  tasks.map(({ completions }) => completions.map(({ text }) => text).join("")).join(" ");

describe("how answers become tasks", () => {
  it.each([
    [{}, "AB BC CD DA"],
    [{ way: "all" }, "AB AC AD BC BD CD"],
    [{ way: "chain" }, "AB BC CD"],
  ] as const)("%j shows %s, and counts as many", async (together, expected) => {
    const { receipt } = await makeReceipt(rowsOf([four]), { source: null, asked: preference(together), overlap: 3 });
    expect(shown(receipt)).toBe(expected);
    expect(receipt.counts).toMatchObject({ tasks: expected.split(" ").length, wanted: 3 * expected.split(" ").length });
    expect(receipt.questionnaires).toMatchObject({ preference: [{ kind: "preference" }] });
  });

  it("draws pairs by a seed, which is on the receipt and part of what is agreed to", async () => {
    const drawn = async (seed: number) =>
      (
        await makeReceipt(rowsOf([four]), {
          source: null,
          asked: preference({ way: "some", pairs: 2, seed }),
          overlap: 3,
        })
      ).receipt;
    const [one, again, other] = [await drawn(7), await drawn(7), await drawn(8)];
    expect(one.together).toEqual({ way: "some", pairs: 2, seed: 7, atOnce: null });
    expect(one.counts.tasks).toBe(2);
    expect([shown(again), again.digest]).toEqual([shown(one), one.digest]);
    expect(other.digest).not.toBe(one.digest);
  });

  it("shows at most so many at once, and says which answers are left over", async () => {
    const asked = (least: number, atOnce: number | null) => ({
      ...{ name: "order", least, most: 9 },
      together: { way: "ring", pairs: 3, seed: 1, atOnce } as const,
    });
    const receiptOf = async (least: number, atOnce: number | null) =>
      (await makeReceipt(rowsOf([four]), { source: null, asked: asked(least, atOnce), overlap: 3 })).receipt;
    expect(shown(await receiptOf(2, 3))).toBe("AB CD");
    expect(shown(await receiptOf(2, null))).toBe("ABCD");
    const left = await receiptOf(3, 3);
    expect([shown(left), left.warnings.map(({ code }) => code)]).toEqual(["", ["noTasks"]]);
    const five = { ...four, responses: [...four.responses, "E"] };
    const { receipt } = await makeReceipt(rowsOf([five]), { source: null, asked: asked(3, 3), overlap: 3 });
    expect([shown(receipt), receipt.warnings.map(({ code }) => code)]).toEqual(["ABC", ["leftOverAnswers"]]);
  });

  it("keeps a vote whose pair is not among those chosen: the pair is a task too", () => {
    const row = { prompt: [], completions: ["A", "B", "C", "D", "E"], votes: ["ann"] };
    const planned = [...Array(20).keys()].map((seed) =>
      preferencePairs(row, preference({ way: "some", pairs: 1, seed })),
    );
    expect(planned.every(({ pairs, voted }) => `${pairs[voted]}` === "0,1")).toBe(true);
    expect(new Set(planned.map(({ pairs, beside }) => `${pairs.length} ${beside}`))).toContain("2 true");
    expect(preferencePairs(row, preference({ way: "chain" }))).toMatchObject({ voted: 0, beside: false });
  });

  it("refuses a row that would make more tasks than may be, by name", async () => {
    const many = { prompt: "p", responses: Array.from({ length: 64 }, (_, index) => `${index}`) };
    const asked = preference({ way: "all" });
    const { receipt } = await makeReceipt(rowsOf([four, many]), { source: null, asked, overlap: 3 });
    expect(receipt.badRows).toMatchObject([{ line: 2, reason: "tooManyPairs", values: { count: 2_016 } }]);
    expect(receipt.counts.tasks).toBe(6);
  });

  it("previews ten tasks, and fewer where their texts are long", async () => {
    const rows = (length: number) =>
      Array.from({ length: 12 }, (_, index) => ({
        ...{ prompt: `${index}`, a: "A".repeat(length), b: `B${index}` },
      }));
    const previewed = async (length: number) =>
      (await makeReceipt(rowsOf(rows(length)), { source: null, asked: null, overlap: 3 })).receipt.tasks.length;
    expect(await previewed(10)).toBe(10);
    expect(await previewed(99_000)).toBe(5);
  });
});

describe("a saved reading", () => {
  const source = { format: "columns", mapping: { prompt: "two", a: "one", b: "three" } } as const;
  const saved = [
    { id: "00000000-0000-4000-8000-000000000001", name: "Mine", header: ["three", "two", "one"], source, asked: null },
  ];
  const row = { one: "A", two: "p", three: "B" };

  it("is used by itself for a file with exactly its columns, which is said", async () => {
    const { receipt } = await makeReceipt(rowsOf([row]), { source: null, asked: null, overlap: 3, saved });
    expect(receipt).toMatchObject({ reason: "saved", saved: { name: "Mine" }, mapping: source.mapping });
    expect(receipt.header).toEqual(["one", "two", "three"]);
  });

  it("is not used where a column is missing or more are there, nor where a reading was said", async () => {
    for (const rows of [[{ one: "A", two: "p" }], [{ ...row, four: "C" }]]) {
      const { receipt } = await makeReceipt(rowsOf(rows), { source: null, asked: null, overlap: 3, saved });
      expect(receipt.saved).toBeNull();
    }
    const said = { format: "columns", mapping: { prompt: "one", a: "two", b: "three" } } as const;
    const { receipt } = await makeReceipt(rowsOf([row]), { source: said, asked: null, overlap: 3, saved });
    expect(receipt).toMatchObject({ reason: "given", saved: null });
  });
});
