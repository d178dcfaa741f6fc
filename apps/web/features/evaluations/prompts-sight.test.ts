import { createTranslator } from "next-intl";
import { expect, test } from "vitest";
import { messages } from "../../messages/index.ts";
import { promptsSight } from "./prompts-sight.ts";

const words = (locale: "en" | "zh") =>
  createTranslator({ locale, messages: messages[locale], namespace: "evaluations.prompts" });

function said(locale: "en" | "zh", available: number, asked?: number): string {
  const { note, wanting } = promptsSight(available, asked);
  return note ? words(locale)(note, { available, wanting }) : "";
}

test("no more prompts are proposed than there are", () => {
  expect(promptsSight(10)).toMatchObject({ proposed: 10, most: 10 });
  expect(promptsSight(1_000)).toMatchObject({ proposed: 60, most: 1_000 });
  expect(promptsSight(undefined)).toMatchObject({ proposed: 60, note: null });
});

test("how many there are is said before more are asked for", () => {
  expect(said("en", 10)).toBe("10 available in the test split");
  expect(said("en", 10, 60)).toBe("10 available in the test split: no more than these will be compared");
  expect(said("zh", 10, 60)).toBe("测试集可用 10 个提示词：最多只会用这些来比较");
});

test("fewer than five are said to be too few, with how many to import", () => {
  expect(promptsSight(3)).toMatchObject({ proposed: 5, note: "few", wanting: 20 });
  expect(said("en", 3)).toContain("Only 3 prompts are available in the test split, too few to decide anything");
  expect(said("en", 1)).toContain("Only 1 prompt is available");
  expect(said("en", 3)).toContain("import about 20 more first");
  expect(said("zh", 3)).toContain("请先再导入约 20 个提示词");
  expect(promptsSight(0)).toMatchObject({ note: "none", wanting: 50 });
  expect(said("en", 0)).toContain("import about 50 more first");
});
