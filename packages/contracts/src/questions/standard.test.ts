import { expect, it } from "vitest";
import { QuestionnaireDraft } from "./questionnaire-draft.ts";
import { isStandardName, standardNames, standardQuestion } from "./standard.ts";

it.each(standardNames)(
  "“%s” is a standard questionnaire of one question of its kind, whose name no other can have",
  (name) => {
    expect(standardQuestion(name)).toMatchObject({ name, kind: name });
    const { success, error } = QuestionnaireDraft.safeParse({ name, questions: [{ name: "own", kind: name }] });
    expect([success, error?.issues[0]?.path]).toEqual([false, ["name"]]);
  },
);

it("of the other kinds there is none", () => {
  expect(isStandardName("ranking")).toBe(false);
  expect(QuestionnaireDraft.safeParse({ name: "ranking", questions: [{ name: "own", kind: "ranking" }] }).success).toBe(
    true,
  );
});
