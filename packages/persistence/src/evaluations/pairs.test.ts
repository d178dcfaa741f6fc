import { expect, it } from "vitest";
import { blindAnswers } from "./pairs.ts";

it("puts no policy on one side of all open pairs, though it begins all its answers alike", () => {
  const sides = Array.from({ length: 200 }, (_, index) => {
    const taskId = `01890000-0000-7000-8000-${String(index).padStart(12, "0")}`;
    return blindAnswers({ taskId, texts: ["new", "old"] })[0]?.text;
  });
  // The ids are fixed, and so is what comes of them.
  expect(sides.filter((text) => text === "new").length).toBeGreaterThan(80);
  expect(sides.filter((text) => text === "old").length).toBeGreaterThan(80);
});
