import { LeasedTask, standardQuestion } from "@touchstone/contracts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { memberId, plainDesk, projectId, readAtOnce, tie } from "../../workbench/state/desk.fixture.ts";
import { openExampleDesk } from "./example-desk.ts";
import { answerCounts, exampleTask, usualCount } from "./example-task.ts";

const texts = { language: "en", prompt: "Which?", answer: (place: number) => `Answer ${place}` };
const wish = { projectId, guidelineVersion: 2, questions: [standardQuestion("preference")], answers: 2 };

let now = 0;
beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
});
afterEach(() => vi.useRealTimers());

async function openDesk() {
  const desk = openExampleDesk(wish, texts, plainDesk({ now: () => now, online: () => true }, 1));
  readAtOnce(desk, () => now);
  await desk.open();
  const pass = async (): Promise<void> => {
    now += 5_000;
    await vi.advanceTimersByTimeAsync(5_000);
  };
  await pass();
  return { desk, pass, onDesk: () => desk.read().work.queue[0] };
}

describe("the desk of a preview", () => {
  it("goes on with a new example after each answer, and brings an undone one back with what was said", async () => {
    const fetched = vi.spyOn(globalThis, "fetch").mockRejectedValue(new Error("nothing is to be sent"));
    const { desk, pass, onDesk } = await openDesk();
    const first = onDesk()?.taskId;
    expect(desk.judge(tie, "keyboard", now)).toBe(true);
    await pass();
    expect(onDesk()?.taskId).not.toBe(first);
    expect(desk.read().outbox).toMatchObject({ pending: 0, refused: [] });
    await desk.undo(now);
    await pass();
    expect(onDesk()).toMatchObject({ taskId: first, previousAnswers: tie.answers });
    expect(desk.skip(now)).toBe(true);
    await pass();
    expect(onDesk()?.taskId).not.toBe(first);
    await desk.undo(now);
    await pass();
    expect(onDesk()?.taskId).toBe(first);
    for (let turn = 0; turn < 5; turn++) {
      expect(desk.judge(tie, "keyboard", now)).toBe(true);
      await pass();
    }
    expect(desk.read().work.queue.length).toBeGreaterThan(0);
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });

  it("has examples of the form that the API hands out, each with ids of its own", () => {
    const tasks = [1, 2].map((nth) => LeasedTask.parse(exampleTask(nth, wish, texts)));
    const ids = tasks.flatMap(({ taskId, lease, completions }) => [
      taskId,
      lease.id,
      ...completions.map(({ id }) => id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(memberId);
  });

  it("shows as many answers as the questions are about", () => {
    const counts = (...kinds: ("preference" | "rating" | "ranking")[]) =>
      answerCounts(kinds.map((kind) => standardQuestion(kind)));
    expect(counts("rating")).toEqual([1]);
    expect(counts("preference", "ranking")).toEqual([2]);
    expect(counts("ranking")).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect([counts("rating"), counts("preference"), counts("ranking"), [0]].map(usualCount)).toEqual([1, 2, 3, 0]);
  });
});
