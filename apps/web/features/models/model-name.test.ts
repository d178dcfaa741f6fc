import { describe, expect, it } from "vitest";
import { nameOfModel } from "./model-name.ts";

const words = { practice: "练习模型", kind: (trainer: string) => `〈${trainer}〉` };
const reward = { kind: "reward", number: 3, practice: false, trainer: "reward", givenName: null } as const;

describe("a model's name", () => {
  it("is its number and the reader's words for where it comes from", () => {
    expect(nameOfModel({ ...reward, name: "Practice model · reward" }, words)).toBe("RM-3 · 练习模型 · 〈reward〉");
  });
  it("is what people gave it, whatever it is made of", () => {
    const named = { ...reward, name: "Practice model · reward", givenName: "Kind one" };
    expect(nameOfModel(named, words)).toBe("RM-3 · Kind one");
  });
  it("keeps what people called a model from outside", () => {
    const outside = {
      kind: "policy",
      number: 2,
      practice: false,
      trainer: null,
      givenName: null,
      name: "Llama · small",
    } as const;
    expect(nameOfModel(outside, words)).toBe("P-2 · Llama · small");
  });
});
