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
