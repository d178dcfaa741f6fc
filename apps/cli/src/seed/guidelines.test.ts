import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectRoot } from "../start/project-root.ts";
import { practiceGuideline } from "./practice-guideline.ts";

test("the guidelines that come with the product call things by the pages' words", () => {
  const demo = readFileSync(join(projectRoot(), "prisma", "demo", "guideline.zh.md"), "utf8");
  for (const text of [practiceGuideline.zh, demo]) {
    expect(text).toMatch(/[\u4e00-\u9fff]/);
    expect(text).not.toMatch(/判断|评判|题目|道题|好很多|平局|两个都差|不相上下|撤回|稍好/);
  }
  expect(practiceGuideline.zh).toContain("提示词");
});
