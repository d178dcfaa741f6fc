import { standardQuestion } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { makeReceipt } from "../recognise/make-receipt.ts";
import { type RawSkip, skipRow } from "./skip-row.ts";

const skip: RawSkip = {
  skipId: "s1",
  taskId: "t1",
  annotator: "w1",
  source: "person",
  reason: "unsure",
  flagged: false,
  comment: "",
  createdAt: new Date(0),
  questions: [standardQuestion("preference")],
  evaluationId: null,
  blind: false,
  shownOrder: [1, 0],
  guidelineVersion: 1,
  promptId: "p1",
  prompt: [{ role: "user", content: "Why?" }],
  split: "train",
  completions: [
    { completionId: "a", text: "So." },
    { completionId: "b", text: "No." },
  ],
};
const nothingSaid = { externalId: null, gold: null, cluster: null, language: null, sourceText: null };

it("an export of skips alone is refused at its first line, for a reason that pages can say", async () => {
  const row = skipRow(skip, { ...nothingSaid, exportedPromptId: null, completions: new Map() });
  async function* read() {
    yield Buffer.from(JSON.stringify(row));
  }
  const wish = { source: null, asked: null, overlap: 1 };
  const { refusal } = await makeReceipt({ read, sha256: "" }, wish);
  expect(refusal).toMatchObject({
    code: "invalid_line",
    message: "One row is a skip (line 1): what was said there is not imported.",
    path: "lines.1",
    issues: [{ path: "lines.1", reason: "warning.skipRows", values: { count: 1 } }],
  });
});
