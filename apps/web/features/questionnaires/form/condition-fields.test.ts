import { standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { conditionFields, fieldsOfSchema, typedValues } from "./condition-fields.ts";

describe("what a follow-up can ask after", () => {
  it("is what the scale of a question offers, and nothing that it does not", () => {
    const preference = standardQuestion("preference");
    expect(conditionFields(preference)).toEqual([
      { name: "choice", values: ["graded", "both-bad"] },
      { name: "step", values: [1, 2, 3, 4, 5, 6, 7] },
    ]);
    expect(conditionFields({ ...preference, settings: { steps: 3, bothBad: false } })).toEqual([
      { name: "step", values: [2, 4, 6] },
    ]);
    expect(conditionFields(standardQuestion("rating"))).toEqual([{ name: "score", values: [1, 2, 3, 4, 5] }]);
  });

  it("is nothing but that it was answered where no value can be named", () => {
    expect(conditionFields(standardQuestion("ranking"))).toEqual([]);
  });

  it("is told by the schema of other answers, and by the names that their settings give", () => {
    const Answer = z.union([
      z.strictObject({ chosen: z.array(z.string()).min(1), sure: z.boolean() }),
      z.strictObject({ number: z.number(), grade: z.number().int().min(0).max(2), spans: z.array(z.object({})) }),
    ]);
    expect(fieldsOfSchema(Answer, ["tea", "milk"])).toEqual([
      { name: "chosen", values: ["tea", "milk"] },
      { name: "sure", values: [true, false] },
      { name: "number", values: "numbers" },
      { name: "grade", values: [0, 1, 2] },
    ]);
    expect(fieldsOfSchema(Answer, [])[0]).toEqual({ name: "chosen", values: "texts" });
  });

  it("is typed a line each, numbers as numbers", () => {
    expect(typedValues(" tea \n\n2.5\nno 3", "texts")).toEqual(["tea", "2.5", "no 3"]);
    expect(typedValues("2.5\nno 3", "numbers")).toEqual([2.5, "no 3"]);
  });
});
