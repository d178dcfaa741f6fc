import { ApiError, ConnectionError } from "@touchstone/api-client";
import { type Problem, problems, refused } from "@touchstone/contracts";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { zh } from "../../messages/zh.ts";
import { messagesOf } from "./issue-messages.fixture.ts";
import { problemTextOf } from "./problem-text.ts";

const t = createTranslator({ locale: "zh", messages: zh, namespace: "problems" });
const inChinese = (error: unknown) => problemTextOf(error, messagesOf("zh"), t);
const answered = (problem: Partial<Problem> & Pick<Problem, "code">) =>
  new ApiError({ type: "", detail: "In English.", requestId: "r1", ...problems[problem.code], ...problem });

describe("what a page says of an error", () => {
  it("is each fault that was found, up to ten, and how many more there are", () => {
    const issues = Array.from({ length: 12 }, (_, index) => ({
      path: `lines.${index + 1}.prompt`,
      message: "must not be empty.",
      reason: "empty",
    }));
    const said = inChinese(answered({ code: "invalid_line", issues }));
    expect(said.text).toBe("文件未导入：有一行无法读取。");
    expect(said.faults).toHaveLength(10);
    expect(said.faults[1]).toBe("第 2 行，prompt：不能为空。请补上，或去掉该行。");
    expect(said.more).toBe(2);
  });

  it("names the setting that is at fault", () => {
    const issues = [
      { path: "spec.learningRate", message: "Too small", reason: "field.tooSmall", values: { limit: 0 } },
      { path: "spec.speed", message: "There is no such setting", reason: "settingUnknown" },
    ];
    expect(inChinese(answered({ code: "invalid_spec", issues })).faults).toEqual([
      "learningRate：不能小于 0。",
      "speed：这类运行没有这项设置，请检查拼写或将其去掉。",
    ]);
  });

  it("says which of a code's several things it is, with its values and words in the page's language", () => {
    const { code, reason, values } = refused("tooFewByPeople", { kind: "comparisons", labels: 3, minimum: 32 });
    expect(inChinese(answered({ code, reason, values })).text).toBe(
      "可供训练的比较太少：现有 3 条，至少需要 32 条。模拟标注未计入。",
    );
    // English pages say the API's own sentence, which was made with the same values.
    expect(problemTextOf(answered({ code, reason, values }), messagesOf("en"), () => "").text).toBe("In English.");
  });

  it("is the code's own sentence where the reason is newer than the page", () => {
    expect(inChinese(answered({ code: "conflict", reason: "newer" }))).toMatchObject({
      text: "与当前状态不符。",
      faults: [],
    });
    expect(inChinese(new ConnectionError("away")).text).toBe("连不上服务器。请检查网络后重试。");
  });
});
