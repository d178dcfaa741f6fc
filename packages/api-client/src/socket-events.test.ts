import { describe, expect, it } from "vitest";
import { readEvent } from "./socket-events.ts";

const id = "0195d2a0-0000-7000-8000-000000000001";

describe("readEvent", () => {
  it("takes what this version knows as it came", () => {
    const event = { type: "metrics", id, step: 3, values: { loss: 0.5 } };
    expect(readEvent(JSON.stringify(event))).toEqual(event);
  });

  it.each([
    JSON.stringify({ type: "of-tomorrow", id }),
    JSON.stringify({ type: "toString", id }),
    JSON.stringify({ type: "guidance" }),
    "null",
    "[]",
    "{",
    new Uint8Array(2),
    undefined,
  ])("makes nothing of %j", (data) => {
    expect(readEvent(data)).toBeUndefined();
  });
});
