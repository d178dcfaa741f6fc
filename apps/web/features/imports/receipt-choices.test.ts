import type { ImportReceipt, ReceiptWarning } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { noFindings } from "./findings.fixture.ts";
import { importQueryOf, receiptSight } from "./receipt-choices.ts";

const counts = { rows: 12, prompts: 12, answers: 24, tasks: 12, votes: 0, ratings: 0, annotators: 0, wanted: 36 };
const receipt: ImportReceipt = {
  format: "columns",
  mapping: { prompt: "q", a: "one", b: "two" },
  question: "preference",
  reason: "twoAnswers",
  header: ["q", "one", "two"],
  saved: null,
  shows: { least: 2, most: 2 },
  together: { way: "ring", pairs: 3, seed: 1, atOnce: null },
  columns: [],
  sample: [],
  counts: { ...counts, badRows: 0 },
  badRows: [],
  warnings: [],
  tasks: [],
  questionnaires: {},
  findings: noFindings,
  preview: [],
  digest: "d".repeat(64),
};
const bad = (badRows: number): ImportReceipt => ({ ...receipt, counts: { ...counts, badRows } });
const ticked = { leaveOut: false, open: true, pilot: false };

describe("a receipt and what is ticked below it", () => {
  it("can be sent as it is, unless a warning stops it or rows cannot be taken", () => {
    expect(receiptSight(receipt, ticked)).toEqual({ asksLeaveOut: false, asksPilot: true, ready: true });
    const stop: ReceiptWarning = { code: "noPrompt", weight: "stop", values: {}, lines: [] };
    expect(receiptSight({ ...receipt, warnings: [stop] }, ticked).ready).toBe(false);
    expect(receiptSight(bad(3), ticked)).toMatchObject({ asksLeaveOut: true, ready: false });
    expect(receiptSight(bad(3), { ...ticked, leaveOut: true }).ready).toBe(true);
    // Without them nothing would be left.
    expect(receiptSight(bad(12), ticked).asksLeaveOut).toBe(false);
  });

  it("asks for a first try only of tasks that are opened, and of more than a few", () => {
    expect(receiptSight(receipt, { ...ticked, open: false }).asksPilot).toBe(false);
    const few = { ...receipt, counts: { ...receipt.counts, tasks: 10 } };
    expect(receiptSight(few, ticked).asksPilot).toBe(false);
  });

  it("becomes an import of what was read, tied to the receipt", () => {
    expect(importQueryOf(receipt, { leaveOut: true, open: true, pilot: true }, "a".repeat(300))).toEqual({
      format: "columns",
      question: "preference",
      mapping: '{"prompt":"q","a":"one","b":"two"}',
      open: "true",
      leaveOut: "false",
      pilot: 10,
      receipt: receipt.digest,
      fileName: "a".repeat(200),
    });
    expect(importQueryOf(bad(3), { leaveOut: true, open: false, pilot: true }, "a.csv")).toMatchObject({
      open: "false",
      leaveOut: "true",
    });
    expect(importQueryOf(bad(3), { leaveOut: true, open: false, pilot: true }, "a.csv")).not.toHaveProperty("pilot");
  });
});
