import { describe, expect, it } from "vitest";
import { Wakefulness } from "./wakefulness.ts";

function pair(): Wakefulness {
  const wake = new Wakefulness();
  wake.follow({ id: "a", answers: 2 });
  return wake;
}

describe("keys at the desk", () => {
  it("sleep until 400 ms after the paint, however long before that the task was there", () => {
    const wake = pair();
    wake.seen("a", 0);
    wake.seen("a", 1);
    expect(wake.sleepAt(60_000)).toBe("moment");
    wake.painted("a", 1_000);
    expect(wake.sleepAt(1_399)).toBe("moment");
    expect(wake.sleepAt(1_400)).toBeNull();
  });

  it("sleep until the first line of each answer has been seen", () => {
    const wake = pair();
    wake.painted("a", 0);
    wake.seen("a", 0);
    wake.seen("a", 0);
    expect(wake.sleepAt(5_000)).toBe("unseen");
    // Undo needs only the moment.
    expect(wake.settling(5_000)).toBe(false);
    wake.seen("a", 1);
    expect(wake.sleepAt(5_000)).toBeNull();
  });

  it("sleep again with the next task, and heed nothing that concerns the one before", () => {
    const wake = pair();
    wake.painted("a", 0);
    expect(wake.follow({ id: "b", answers: 1 })).toBe(true);
    wake.painted("a", 0);
    wake.seen("a", 0);
    expect(wake.sleepAt(9_000)).toBe("moment");
    wake.painted("b", 9_000);
    wake.seen("b", 0);
    expect(wake.sleepAt(9_400)).toBeNull();
  });

  it("sleep again when the page comes back into sight: the tap that wakes a phone is no choice", () => {
    const wake = pair();
    wake.seen("a", 0);
    wake.seen("a", 1);
    wake.painted("a", 1_000);
    wake.cover();
    expect(wake.sleepAt(90_000)).toBe("moment");
    wake.uncover(90_000);
    expect(wake.sleepAt(90_399)).toBe("moment");
    expect(wake.sleepAt(90_400)).toBeNull();
  });

  it("wait for the paint of what came while the page was out of sight", () => {
    const wake = pair();
    wake.painted("a", 0);
    wake.cover();
    wake.follow({ id: "b", answers: 0 });
    wake.uncover(5_000);
    expect(wake.sleepAt(60_000)).toBe("moment");
    wake.painted("b", 60_000);
    expect(wake.sleepAt(60_400)).toBeNull();
  });

  it("take a paint that is told of too late for one out of sight", () => {
    const wake = pair();
    wake.cover();
    wake.painted("a", 100);
    wake.uncover(5_000);
    expect(wake.settling(5_399)).toBe(true);
    expect(wake.settling(5_400)).toBe(false);
  });

  it("stay asleep while the rest of a word is typed whose field has gone", () => {
    const wake = pair();
    wake.seen("a", 0);
    wake.seen("a", 1);
    wake.painted("a", 0);
    wake.hush(0);
    for (let at = 1_000; at <= 5_000; at += 1_000) {
      expect(wake.sleepAt(at)).toBe("moment");
      wake.pressed(at);
    }
    expect(wake.sleepAt(6_500)).toBeNull();
  });
});
