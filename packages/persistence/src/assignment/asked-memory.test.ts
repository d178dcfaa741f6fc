import { standardQuestion } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { AskedMemory } from "./asked-memory.ts";
import { HandedOut } from "./handed-out.ts";

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const who = { workspaceId: idOf(1), memberId: idOf(2) };

function handedOut(number: number, text = "an answer"): HandedOut {
  return HandedOut.parse({
    lease: { id: idOf(number), token: "t".repeat(20), expiresAt: "2026-01-01T00:00:00.000Z", leaseSeconds: 900 },
    taskId: idOf(number + 1_000),
    projectId: idOf(3),
    questionnaireId: idOf(4),
    questions: [standardQuestion("preference")],
    prompt: { id: idOf(5), messages: [{ role: "user", content: "a question" }], language: null, sourceText: null },
    completions: [
      { id: idOf(12), text },
      { id: idOf(11), text: null },
    ],
    guidelineVersion: 1,
    previousAnswers: null,
    shownAs: { order: [1, 0], split: "train", blind: false },
  });
}

test("what a lease asks is remembered in canonical order, for its own member alone, until it is answered", () => {
  const memory = new AskedMemory();
  memory.remember(who, handedOut(100));
  const { task, questionnaireId } = memory.get(who, idOf(100)) ?? {};
  expect(questionnaireId).toBe(idOf(4));
  expect(task?.shownOrder).toEqual([1, 0]);
  expect(task?.completions.map(({ completionId }) => completionId)).toEqual([idOf(11), idOf(12)]);
  expect(memory.get({ ...who, memberId: idOf(9) }, idOf(100))).toBeUndefined();
  expect(memory.get({ ...who, workspaceId: idOf(9) }, idOf(100))).toBeUndefined();
  memory.forget(who, idOf(100));
  expect(memory.get(who, idOf(100))).toBeUndefined();
});

test("past its number of leases, or its room for texts, those handed out first go", () => {
  const few = new AskedMemory({ leases: 2, characters: 1_000_000 });
  for (const number of [100, 101, 102]) few.remember(who, handedOut(number));
  expect([100, 101, 102].map((number) => few.get(who, idOf(number)) !== undefined)).toEqual([false, true, true]);

  const small = new AskedMemory({ leases: 100, characters: 1_000 });
  for (const number of [100, 101]) small.remember(who, handedOut(number, "x".repeat(800)));
  expect([100, 101].map((number) => small.get(who, idOf(number)) !== undefined)).toEqual([false, true]);
  // Handed out twice, it takes its room once.
  for (let time = 0; time < 5; time++) small.remember(who, handedOut(102, "x".repeat(100)));
  small.remember(who, handedOut(103, "x".repeat(100)));
  expect(small.get(who, idOf(102))).toBeDefined();
});
