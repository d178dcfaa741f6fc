import type { Blur, TaskPreview } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { leasedPreview } from "./leased-preview.ts";

const task: TaskPreview = {
  ...{ line: 1, questionnaire: "preference", language: null, sourceText: null, sensitive: false, judgements: 0 },
  prompt: [{ role: "user", content: "p" }],
  completions: [{ text: "A" }, { text: "B" }],
};

it.each<[Blur, boolean[]]>([
  ["everything", [true, true]],
  ["marked", [false, true]],
  ["never", [false, false]],
])("blurs what people get blurred, where the project has %s blurred", (blur, blurred) => {
  const tasks = [task, { ...task, sensitive: true }];
  const leased = leasedPreview({ projectId: "p", guidelineVersion: 1, blur, tasks, questionnaires: {} });
  expect(leased.map((one) => one.blurred)).toEqual(blurred);
});
