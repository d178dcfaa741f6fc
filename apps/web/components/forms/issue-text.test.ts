import { fieldSentences, readingReasons, reasonWords } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { zh } from "../../messages/zh.ts";
import { messagesOf } from "./issue-messages.fixture.ts";
import { placedIssueText } from "./issue-text.ts";

const english = messagesOf("en");
const chinese = messagesOf("zh");

describe("placedIssueText", () => {
  it("says in Chinese which line is no JSON, and where in it", () => {
    const issue = {
      path: "lines.2",
      message: "is not valid JSON, from its character 32 on.",
      reason: "jsonFromCharacter",
      values: { character: 32 },
    };
    expect(placedIssueText(issue, chinese)).toBe(
      "第 2 行：不是合法的 JSON（第 32 个字符附近）。请改正此处，或用 JSON 程序库写出文件。",
    );
    expect(placedIssueText(issue, english)).toBe("Line 2: is not valid JSON, from its character 32 on.");
  });

  it("names field, kind of value and kind of file in the page's language", () => {
    const field = { path: "lines.7.prompt", message: "", reason: "notText", values: { kind: "list" } };
    expect(placedIssueText(field, chinese)).toBe("第 7 行，prompt：应为文本，现为列表。");
    const file = { path: "lines.1", message: "", reason: "fileSheet", values: { kind: "xlsx" } };
    expect(placedIssueText(file, chinese)).toBe(
      "文件是 Excel 工作簿（.xlsx），这里无法读取。请把工作表另存为“CSV UTF-8”。",
    );
    const mapping = { path: "mapping.votes", message: "", reason: "mappingVotesWithoutSides" };
    expect(placedIssueText(mapping, chinese)).toBe("votes：有投票时，须指明在哪两个回答之间选择。");
  });

  it("leaves English to the API, whose table of reasons no page compiles", () => {
    const issue = {
      path: "lines.3.margin",
      message: "must be at most 20.",
      reason: "marginTooLarge",
      values: { limit: 20 },
    };
    expect(placedIssueText(issue, english)).toBe("Line 3, margin: must be at most 20.");
  });

  it("says warnings of a receipt and faults of fields", () => {
    const warning = { path: "mapping.prompt", message: "", reason: "warning.noPrompt", values: { known: "a, b" } };
    expect(placedIssueText(warning, chinese)).toBe(
      "没有哪一列是提示词，请在下面选择。编号只在同一个提示词之内指明回答，所以只有编号的行也需要提示词。",
    );
    const short = { path: "password", message: "", reason: "field.tooShort", values: { limit: 12 } };
    expect(placedIssueText(short, chinese)).toBe("password：至少 12 个字符。");
  });

  it("keeps the API's words where a reason is newer than the page, or there is none", () => {
    expect(placedIssueText({ path: "x", message: "is new.", reason: "newerThanThisPage" }, chinese)).toBe("is new.");
    expect(placedIssueText({ path: "email", message: "is taken" }, chinese)).toBe("is taken");
  });

  it.each(Object.keys(fieldSentences))("says the fault of a field in Chinese, and in English: %s", (fault) => {
    const values = { limit: 7, known: "7", names: "7" };
    const issue = { path: "query.hours", message: "in the API's words.", reason: `field.${fault}`, values };
    expect(placedIssueText(issue, chinese)).toMatch(/^hours：.*[\u4e00-\u9fff].*。$/);
    expect(placedIssueText(issue, chinese)).not.toMatch(/[{}]|API/);
    expect(placedIssueText(issue, english)).toMatch(/^hours: .*\.$/);
    expect(placedIssueText(issue, english)).not.toMatch(/[{}]/);
  });

  it("has every reason and word in Chinese", () => {
    const texts = [
      ...Object.keys(readingReasons).map((code) => Reflect.get(zh.problems.reasons, code)),
      ...Object.keys(reasonWords).map((word) => Reflect.get(zh.problems.words, word)),
    ];
    expect(texts.filter((text) => typeof text !== "string" || !/[\u4e00-\u9fff]|\[0,1\]/.test(text))).toEqual([]);
  });
});
