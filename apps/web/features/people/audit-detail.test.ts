import { auditDetailKeys } from "@touchstone/contracts";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { formatsFor } from "../../components/formats.ts";
import { messages } from "../../messages/index.ts";
import { auditDetailViews } from "./audit-detail.ts";
import { auditWordsOf } from "./use-audit-words.ts";

const wordsIn = (locale: "en" | "zh") =>
  auditWordsOf(createTranslator({ locale, messages: messages[locale] }), formatsFor(locale));
const said = (detail: Readonly<Record<string, unknown>>, locale: "en" | "zh" = "zh") =>
  auditDetailViews(detail, wordsIn(locale)).map(({ label, value }) => `${label} ${value}`);

describe("what the audit log tells of an act", () => {
  it("has a label for every key in both languages", () => {
    for (const locale of ["en", "zh"] as const) {
      expect(Object.keys(messages[locale].people.audit.details.labels).sort()).toEqual([...auditDetailKeys].sort());
    }
  });

  it("says roles, kinds, states, truths, figures and times in the reader's language", () => {
    expect(said({ role: "reviewer", disabled: false })).toEqual(["角色 复核员", "已禁用 否"]);
    expect(said({ kind: "open", role: "annotator" }, "en")).toEqual(["Role Annotator", "Kind Open join link"]);
    expect(said({ kind: "sft" })).toEqual(["类型 监督微调"]);
    expect(said({ state: "archived", overlap: 3, guideline: "changed", leaseSeconds: 600 })).toEqual([
      "标注规范 已修改",
      "每个任务的标注人数 3",
      `任务保留时间 ${formatsFor("zh").duration(600)}`,
      "状态 已归档",
    ]);
    expect(said({ format: "trl-preference", complete: true })).toEqual(["格式 偏好对（TRL）", "完整 是"]);
    expect(said({ prompts: 12_544 }, "en")).toEqual(["Prompts 12,544"]);
  });

  it("shows an id short with the whole of it beside, and a name as it was written, whatever it is", () => {
    const id = "0195d2a0-0000-7000-8000-000000000001";
    expect(auditDetailViews({ linkId: id }, wordsIn("en"))).toEqual([{ label: "Link", value: "0195d2a0", whole: id }]);
    expect(said({ name: "admin" })).toEqual(["名称 admin"]);
  });

  it("shows what an older version kept as it was kept", () => {
    expect(said({ olderKey: { a: 1 }, role: "owner" })).toEqual(["角色 owner", 'olderKey {"a":1}']);
  });
});
