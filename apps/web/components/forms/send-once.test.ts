import { describe, expect, it } from "vitest";
import { sendOnce } from "./send-once.ts";

describe("sending once", () => {
  it("sends nothing a second time while the first is on its way, and again once it has come or failed", async () => {
    const sent: string[] = [];
    const ends: ((failed: boolean) => void)[] = [];
    const send = (value: string): Promise<void> => {
      sent.push(value);
      return new Promise((resolve, reject) => {
        ends.push((failed) => (failed ? reject(new Error("cut off")) : resolve()));
      });
    };
    const busy = { current: false };
    sendOnce(busy, () => send("first"));
    sendOnce(busy, () => send("second click"));
    expect(sent).toEqual(["first"]);
    ends[0]?.(true);
    await Promise.resolve();
    sendOnce(busy, () => send("tried again"));
    ends[1]?.(false);
    await Promise.resolve();
    sendOnce(busy, () => send("another"));
    expect(sent).toEqual(["first", "tried again", "another"]);
  });
});
