import { describe, expect, it } from "vitest";
import { nameOfModel } from "./model-name.ts";

const words = { practice: "练习模型", kind: (trainer: string) => `〈${trainer}〉` };
const reward = { kind: "reward", number: 3, practice: false, trainer: "reward" } as const;

describe("a model's name", () => {
  it("is its number and the reader's words for where it comes from", () => {
    expect(nameOfModel({ ...reward, name: "Practice model · reward" }, words)).toBe("RM-3 · 练习模型 · 〈reward〉");
  });
  it("keeps what people called a model from outside", () => {
    const outside = { kind: "policy", number: 2, practice: false, trainer: null, name: "Llama · small" } as const;
    expect(nameOfModel(outside, words)).toBe("P-2 · Llama · small");
  });
});
