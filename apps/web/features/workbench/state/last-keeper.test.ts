import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { much, tie } from "./desk.fixture.ts";
import { world } from "./desk-world.fixture.ts";
import { leasedTask } from "./leased-task.fixture.ts";

describe("the last choice at the workbench", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("undoes once, under one key, although the first answer to it was lost", async () => {
    const { session, line, undos, judged, pass, onScreen } = world(2);
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    line.losesAnswers = true;
    await session.undo();
    expect(session.read().work.notice).toBe("undo-unanswered");
    line.losesAnswers = false;
    await session.undo();
    expect(new Set(undos).size).toBe(1);
    expect(onScreen()).toBe(leasedTask(1).taskId);
    expect(judged.size).toBe(0);
  });

  it("takes a choice back that has not left the page without asking anyone", async () => {
    const { session, line, judged, pass, onScreen } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.judge(much, "keyboard");
    await pass(500);
    await session.undo();
    expect(onScreen()).toBe(leasedTask(1).taskId);
    line.up = true;
    session.retry();
    await pass(100);
    expect(judged.size).toBe(0);
  });

  it("takes a choice back that the server has by retracting it there", async () => {
    const { session, judged, pass, onScreen } = world();
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    expect(judged.size).toBe(1);
    await session.undo();
    expect(judged.size).toBe(0);
    expect(onScreen()).toBe(leasedTask(1).taskId);
  });

  it("undoes a skip, and brings back what was said, which the skip had carried", async () => {
    const { session, skips, held, pass, onScreen } = world();
    await session.open();
    await pass(500);
    session.changeNote({ flagged: true, comment: "A is rude" });
    session.skip();
    await pass(500);
    expect(skips).toMatchObject([{ flagged: true, comment: "A is rude" }]);
    expect(session.read().note).toEqual({ flagged: false, comment: "" });
    await session.undo();
    expect(onScreen()).toBe(leasedTask(1).taskId);
    expect(session.read().note).toEqual({ flagged: true, comment: "A is rude" });
    expect(held.has(leasedTask(1).lease.id)).toBe(true);
  });

  it("says that others have taken a skipped task, and offers the undo again", async () => {
    const { session, line, pass } = world();
    await session.open();
    await pass(500);
    session.skip();
    await pass(500);
    line.taken = true;
    await session.undo();
    expect(session.read().work).toMatchObject({ notice: "undo-taken", last: { kind: "skip" } });
  });

  it("brings flag and comment of a judgement back with its undo, also of one that never left the page", async () => {
    const { session, line, pass } = world();
    await session.open();
    await pass(500);
    const said = { flagged: true, comment: "cut off" };
    session.changeNote(said);
    session.judge(much, "keyboard");
    await pass(500);
    await session.undo();
    expect(session.read().note).toEqual(said);
    line.up = false;
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    await session.undo();
    expect(session.read().note).toEqual(said);
  });

  it("keeps the comment of a choice that never left the page and was undone, although the page ends without a word", async () => {
    const { session, newPage, line, pass, onScreen } = world();
    await session.open();
    await pass(500);
    const said = { flagged: true, comment: "cut off" };
    session.changeNote(said);
    line.up = false;
    session.judge(much, "keyboard");
    await pass(500);
    await session.undo();
    await pass(500);
    expect(onScreen()).toBe(leasedTask(1).taskId);
    line.up = true;
    const reloaded = newPage();
    await reloaded.open();
    await pass(500);
    expect(reloaded.read().work.queue[0]?.taskId).toBe(leasedTask(1).taskId);
    expect(reloaded.read().note).toEqual(said);
  });

  it("undoes after a reload what the page before it did", async () => {
    const { session, newPage, judged, pass } = world();
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    session.close();
    const reloaded = newPage();
    await reloaded.open();
    await pass(500);
    expect(reloaded.read().work.last).toMatchObject({ kind: "judgement", ordinal: 1 });
    await reloaded.undo();
    expect(judged.size).toBe(0);
    expect(reloaded.read().work.queue[0]?.taskId).toBe(leasedTask(1).taskId);
  });

  it("names and undoes nothing that the server has refused, also after a reload, and counts it no more", async () => {
    const { session, newPage, line, undos, judged, pass, onScreen } = world();
    await session.open();
    await pass(500);
    line.answeredElsewhere = true;
    session.judge(much, "keyboard");
    await pass(500);
    const nothing = { last: null, notice: null, today: 0 };
    expect(session.read()).toMatchObject({ work: nothing, outbox: { pending: 0, refused: [{}] } });
    await session.undo();
    expect(session.read().work).toMatchObject(nothing);
    expect(onScreen()).toBe(leasedTask(2).taskId);
    const reloaded = newPage();
    await reloaded.open();
    await pass(500);
    await reloaded.undo();
    expect(reloaded.read()).toMatchObject({ work: nothing, outbox: { refused: [{}] } });
    reloaded.discardRefused();
    await pass(100);
    expect(reloaded.read()).toMatchObject({ work: nothing, outbox: { refused: [] } });
    expect({ undos, judged: judged.size }).toEqual({ undos: [], judged: 0 });
  });

  it("tells each of several that were refused after a cut, and goes on with what is taken", async () => {
    const { session, line, judged, pass } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.judge(much, "keyboard");
    await pass(500);
    session.judge(tie, "keyboard");
    await pass(500);
    line.up = true;
    line.answeredElsewhere = true;
    session.retry();
    await pass(500);
    expect(session.read()).toMatchObject({ work: { last: null, today: 0 }, outbox: { pending: 0, refused: [{}, {}] } });
    line.answeredElsewhere = false;
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    expect(judged.size).toBe(1);
    expect(session.read()).toMatchObject({
      work: { last: { kind: "judgement" }, today: 1 },
      outbox: { refused: [{}, {}] },
    });
  });

  it("does not name a choice that was dropped from the list of what waits", async () => {
    const { session, line, pass } = world();
    await session.open();
    await pass(500);
    line.up = false;
    session.judge(much, "keyboard");
    await pass(500);
    const [waiting] = session.standing().here;
    if (!waiting) throw new Error("nothing waits");
    await session.discard(waiting);
    expect(session.read()).toMatchObject({ work: { last: null, today: 0 }, outbox: { pending: 0 } });
  });

  it("adds the reason to a skip that has been sent, and sends it with one that has not", async () => {
    const { session, line, skips, pass } = world();
    await session.open();
    await pass(500);
    session.skip();
    await pass(500);
    await session.explainSkip("broken");
    expect(skips.map(({ reason }) => reason)).toEqual([null, "broken"]);
    line.up = false;
    session.skip();
    await pass(500);
    await session.explainSkip("unpleasant");
    line.up = true;
    session.retry();
    await pass(500);
    expect(skips.map(({ reason }) => reason)).toEqual([null, "broken", "unpleasant"]);
  });

  it("does not take the task away from whoever writes about it when the answer to an undo comes", async () => {
    const { session, field, pass, onScreen } = world();
    await session.open();
    await pass(500);
    session.judge(much, "keyboard");
    await pass(500);
    const undo = session.undo();
    field.focused = true;
    session.changeNote({ flagged: true, comment: "this o" });
    await undo;
    expect(onScreen()).toBe(leasedTask(2).taskId);
    expect(session.read().note.comment).toBe("this o");
    field.focused = false;
    session.judge(tie, "keyboard");
    expect(onScreen()).toBe(leasedTask(1).taskId);
  });
});
