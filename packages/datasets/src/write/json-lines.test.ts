import { expect, it } from "vitest";
import { jsonLines } from "./json-lines.ts";

it("pulls rows only as its reader asks, so that a slow download slows the source", async () => {
  let pulled = 0;
  async function* rows() {
    for (;;) {
      pulled += 1;
      yield { text: "x".repeat(1_000) };
    }
  }
  const chunks = jsonLines(rows());
  const { value: first } = await chunks.next();
  const afterOne = pulled;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(pulled).toBe(afterOne);
  expect(afterOne).toBeLessThan(100);
  expect(String(first).endsWith("\n")).toBe(true);
  await chunks.return(undefined);
});

it("keeps each row on one line whatever its text, and writes nothing for no rows", async () => {
  async function* rows() {
    yield { text: "a\nb\r\u2028\ud800" };
    yield { text: "ü诗" };
  }
  let text = "";
  for await (const chunk of jsonLines(rows())) text += chunk;
  expect(text.split("\n")).toHaveLength(3);
  expect(text).toContain("\\u2028");
  expect(text).not.toContain("\u2028");
  expect(text.isWellFormed()).toBe(true);
  for await (const chunk of jsonLines((async function* () {})())) expect(chunk).toBe("nothing");
});
